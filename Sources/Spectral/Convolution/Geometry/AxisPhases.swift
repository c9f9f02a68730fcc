/// How a strided and dilated window falls apart on an axis into phases, each of which is a window without a stride.
///
/// Output i meets with its weight u the extended sample i·stride + u·dilation. With n = stride / gcd(stride, dilation), the
/// weights u = p, p + n, … of phase p meet the samples p·dilation + (i + t·step)·stride, t = 0, 1, …, where step =
/// dilation / gcd(stride, dilation): a correlation of stride 1 and dilation `step` with the samples of that phase.
struct AxisPhases: Sendable {
  let stride: Int
  let dilation: Int
  private let weights: Int

  init(stride: Int, dilation: Int, weights: Int) {
    self.stride = stride
    self.dilation = dilation
    self.weights = weights
  }

  /// The phases that have weights.
  var count: Int { min(spacing, weights) }
  /// The distance of a phase's neighbouring weights in the kernel, n.
  var spacing: Int { stride / divisor }
  /// The distance of the outputs that share a phase's samples.
  var step: Int { dilation / divisor }

  /// The first extended sample of a phase.
  func start(of phase: Int) -> Int { phase * dilation }

  /// The weights of a phase, as places in the kernel.
  func weights(of phase: Int) -> StrideTo<Int> { Swift.stride(from: phase, to: weights, by: spacing) }

  /// The weights of a phase, the last one first.
  func flippedWeights(of phase: Int) -> StrideTo<Int> {
    let last = phase + (weightCount(of: phase) - 1) * spacing
    return Swift.stride(from: last, to: phase - 1, by: -spacing)
  }

  /// The number of weights of a phase.
  func weightCount(of phase: Int) -> Int { (weights - phase + spacing - 1) / spacing }

  /// The samples of a phase that so many outputs meet.
  func sampleCount(of phase: Int, outputs: Int) -> Int { outputs + (weightCount(of: phase) - 1) * step }

  private var divisor: Int {
    var (a, b) = (stride, dilation)
    while b != 0 { (a, b) = (b, a % b) }
    return a
  }
}

extension ConvolutionShape {
  var rowPhases: AxisPhases { AxisPhases(stride: strideY, dilation: dilationY, weights: kernelHeight) }
  var columnPhases: AxisPhases { AxisPhases(stride: strideX, dilation: dilationX, weights: kernelWidth) }

  /// The rows of the extended image that rows of outputs meet.
  func paddedRows(of rows: Range<Int>) -> Range<Int> {
    rows.lowerBound * strideY..<(rows.upperBound - 1) * strideY + windowHeight
  }

  /// Calls `body` with the places in the kernel of the weights of each phase.
  func forEachPhase(_ body: (_ rows: StrideTo<Int>, _ columns: StrideTo<Int>) -> Void) {
    for row in 0..<rowPhases.count {
      for column in 0..<columnPhases.count { body(rowPhases.weights(of: row), columnPhases.weights(of: column)) }
    }
  }
}
