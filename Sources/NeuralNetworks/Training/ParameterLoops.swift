import Parallel

/// How the trained parameters are cut into pieces that threads take.
struct ParameterChunks: Sendable {
  /// The number of parameters.
  let count: Int

  private static let size = 1 << 14

  var chunkCount: Int { (count + Self.size - 1) / Self.size }

  subscript(_ index: Int) -> Range<Int> { index * Self.size..<min((index + 1) * Self.size, count) }
}

/// The loop that adds the gradients of all parts, and that of the penalty, to that of the first part.
struct GradientSum<S: NetworkScalar>: LoopBody {
  let chunks: ParameterChunks
  let partCount: Int
  let penalty: S
  let parameters: Buffer<S>
  let gradients: Buffer<S>

  func callAsFunction(_ index: Int, _ worker: Int) { _ = sum(index) }

  /// The gradient of a chunk; parts are added in their order.
  func sum(_ index: Int) -> UnsafeMutableBufferPointer<S> {
    let range = chunks[index]
    let sum = gradients[range]
    for part in 1..<max(1, partCount) {
      let offset = part * chunks.count
      S.axpy(1, UnsafeBufferPointer(gradients[offset + range.lowerBound..<offset + range.upperBound]), sum)
    }
    if penalty > 0 { S.axpy(penalty, UnsafeBufferPointer(parameters[range]), sum) }
    return sum
  }
}

/// The loop that sums gradients and makes the optimizer's step.
struct ParameterUpdate<S: NetworkScalar>: LoopBody {
  let sum: GradientSum<S>
  let gradientFactor: S
  let optimizer: any Optimizer
  let step: Int
  let first: Buffer<S>
  let second: Buffer<S>

  func callAsFunction(_ index: Int, _ worker: Int) {
    let range = sum.chunks[index]
    let gradient = sum.sum(index)
    if gradientFactor != 1 { S.axpy(gradientFactor - 1, UnsafeBufferPointer(gradient), gradient) }
    var target = sum.parameters[range].mutableSpan
    var velocity = first[range].mutableSpan
    var scale = second[range].mutableSpan
    optimizer.update(&target, gradient: gradient.span, first: &velocity, second: &scale, step: step)
  }
}
