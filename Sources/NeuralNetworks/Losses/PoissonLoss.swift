import Numerics

/// The negative log likelihood of Poisson counts, whose logarithmic rates are the outputs: for each item the mean over its
/// outputs of eᶻ − t·z, as `torch.nn.PoissonNLLLoss`.
public struct PoissonLoss: Loss {
  /// Creates the loss.
  public init() {}

  /// Computes the losses of some items of a batch and their gradient, eᶻ − t.
  public func evaluate<S: NetworkScalar>(
    _ outputs: Span<S>, targets: Span<S>, count: Int, scale: S, gradient: inout MutableSpan<S>
  ) -> Double {
    check(outputs, targets, gradient, count)
    guard count > 0 else { return 0 }
    let size = S(outputs.count / count)
    var sum = 0.0
    for place in outputs.indices {
      let (output, target) = (outputs[place], targets[place])
      let rate = S(Double.exp(Double(output)))
      gradient[place] = scale * (rate - target) / size
      sum += Double(rate) - Double(target) * Double(output)
    }
    return sum / Double(size)
  }
}
