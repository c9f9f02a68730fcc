internal import Tensors

/// A linear map of planes that works on rows and columns by themselves: y = A·x·Bᵀ, with dx = Aᵀ·dy·B.
///
/// Resampling, pooling by means, cropping and padding are such maps; A is `[h, H]`, B `[w, W]`.
struct SeparablePlan<S: NetworkScalar>: MappingPlan {
  typealias Prepared = Void
  typealias Record = Void

  private let channels: Int
  private let rows: AxisMatrix
  private let columns: AxisMatrix
  private let rowWeights: Tensor<S>
  private let columnWeights: Tensor<S>
  private let itemCount: Int

  init(channels: Int, rows: AxisMatrix, columns: AxisMatrix, itemCount: Int) {
    self.channels = channels
    self.rows = rows
    self.columns = columns
    self.itemCount = itemCount
    rowWeights = rows.weights.map { S($0) }
    columnWeights = columns.weights.map { S($0) }
  }

  /// x·Bᵀ of all planes, `[H, w]` each.
  func makeScratch() -> Buffer<S> { Buffer(repeating: 0, count: itemCount * channels * rows.from * columns.to) }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    let half = memory.scratch.all.baseAddress!
    withMatrices(input) { x, a, b in
      output.withUnsafeMutableBufferPointer { y in
        S.matrixMultiply(
          (count * channels * rows.from, columns.to, columns.from), alpha: 1,
          MatrixOperand(x, rowStride: columns.from), MatrixOperand(b, rowStride: columns.from, isTransposed: true),
          beta: 0, into: MatrixResult(half, rowStride: columns.to))
        for plane in 0..<count * channels {
          S.matrixMultiply(
            (rows.to, columns.to, rows.from), alpha: 1, MatrixOperand(a, rowStride: rows.from),
            MatrixOperand(half + plane * rows.from * columns.to, rowStride: columns.to), beta: 0,
            into: MatrixResult(y.baseAddress! + plane * rows.to * columns.to, rowStride: columns.to))
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    let half = memory.scratch.all.baseAddress!
    withMatrices(outputGradient) { dy, a, b in
      inputGradient.withUnsafeMutableBufferPointer { dx in
        for plane in 0..<count * channels {
          S.matrixMultiply(
            (rows.from, columns.to, rows.to), alpha: 1, MatrixOperand(a, rowStride: rows.from, isTransposed: true),
            MatrixOperand(dy + plane * rows.to * columns.to, rowStride: columns.to), beta: 0,
            into: MatrixResult(half + plane * rows.from * columns.to, rowStride: columns.to))
        }
        S.matrixMultiply(
          (count * channels * rows.from, columns.from, columns.to), alpha: 1,
          MatrixOperand(half, rowStride: columns.to), MatrixOperand(b, rowStride: columns.from), beta: 0,
          into: MatrixResult(dx.baseAddress!, rowStride: columns.from))
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {}

  private func withMatrices(
    _ values: Span<S>, _ body: (UnsafePointer<S>, UnsafePointer<S>, UnsafePointer<S>) -> Void
  ) {
    values.withUnsafeBufferPointer { values in
      rowWeights.withUnsafeBufferPointer { a in
        columnWeights.withUnsafeBufferPointer { body(values.baseAddress!, a.baseAddress!, $0.baseAddress!) }
      }
    }
  }
}

extension LayerPlan {
  /// A separable map of the planes of images `[C, H, W]`.
  static func separable(
    _ inputShape: [Int], rows: AxisMatrix, columns: AxisMatrix, in context: PlanContext
  ) -> LayerPlan {
    .mapping(
      SeparablePlan<S>(channels: inputShape[0], rows: rows, columns: columns, itemCount: context.itemCount))
  }
}
