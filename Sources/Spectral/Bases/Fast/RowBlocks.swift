internal import Parallel
internal import Tensors

/// Turns the rows of `[N, …]` into those of `[N, count]` one by one, shared among the threads of the pool.
///
/// - Parameters:
///   - rows: What is turned.
///   - count: The numbers of a result.
///   - scratch: The numbers of aligned memory that a task gets for itself.
///   - body: Turns a row, given the row, the result and the scratch memory.
/// - Returns: The results.
func transformRows<S: Scalar>(
  _ rows: Tensor<S>, count: Int, scratch: Int,
  _ body: @Sendable (UnsafePointer<S>, UnsafeMutablePointer<S>, UnsafeMutablePointer<S>) -> Void
) -> Tensor<S> {
  let (rowCount, stride, blockRows) = (rows.shape[0], rows.rowStride, 64)
  return Tensor(shape: [rowCount, count]) { target in
    let slices = DisjointSlices(target)
    rows.withUnsafeBufferPointer { source in
      // Read only.
      nonisolated(unsafe) let source = source
      parallelFor((rowCount + blockRows - 1) / blockRows) { block in
        let range = block * blockRows..<min(rowCount, (block + 1) * blockRows)
        let output = slices[range.lowerBound * count..<range.upperBound * count]
        let memory = AlignedMemory<S>(count: scratch)
        for (place, row) in range.enumerated() {
          body(source.baseAddress! + row * stride, output.baseAddress! + place * count, memory.base)
        }
      }
    }
  }
}
