internal import CKernels
internal import Tensors

/// Calls `body` for the filters that the direct loops take together: in groups, and the rest one by one.
func forEachPackedGroup(of filters: Int, _ body: (Range<Int>) -> Void) {
  var first = 0
  while first < filters {
    let count = filters - first >= Int(DIRECT_GROUP) ? Int(DIRECT_GROUP) : 1
    body(first..<first + count)
    first += count
  }
}

/// Packs some weights of one channel of neighbouring filters, so that neighbours in memory are the weights that one
/// sample is multiplied by.
///
/// - Parameters:
///   - kernel: The channel's weights `[kh, kw]` in the first filter.
///   - shape: The sizes of the kernels.
///   - rows: The rows of the weights, in order.
///   - columns: Their columns.
///   - filters: The number of filters.
///   - stride: The numbers from one filter to the next.
///   - packed: Receives the weights.
/// - Returns: Where the next ones go.
@specialized(where S == Float)
@specialized(where S == Double)
func pack<S: SpectralScalar>(
  _ kernel: UnsafePointer<S>, _ shape: ConvolutionShape, _ rows: StrideTo<Int>, _ columns: StrideTo<Int>, filters: Int,
  stride: Int, into packed: UnsafeMutablePointer<S>
) -> UnsafeMutablePointer<S> {
  var target = packed
  for row in rows {
    for column in columns {
      for filter in 0..<filters {
        target.pointee = kernel[filter * stride + row * shape.kernelWidth + column]
        target += 1
      }
    }
  }
  return target
}
