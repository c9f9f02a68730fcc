import Tensors

/// Batch normalization of vectors, as `torch.nn.BatchNorm1d`: in training every feature has mean 0 and variance 1 over
/// the batch, then is scaled and shifted; see ``BatchNorm2D``.
///
/// Shapes: `[K]` or `[C, L]`, unchanged; a batch of vectors needs at least two items.
public struct BatchNorm1D: Layer {
  /// "BatchNorm1D".
  public var name: String { "BatchNorm1D" }

  private let normalization: BatchNormalization

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - channels: K or C ≥ 1.
  ///   - epsilon: What is added to the variance.
  ///   - momentum: The share of the newest batch in the running statistics.
  public init(channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) {
    normalization = BatchNormalization(channels: channels, epsilon: epsilon, momentum: momentum)
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    try normalization.check(inputShape, ranks: 1...2, "vectors [\(normalization.channels)] or signals")
  }

  /// `weight`, `bias`, and the state `running_mean`, `running_var`, `num_batches_tracked`.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] { normalization.parameters }

  /// Two for each number: its scale and its shift.
  public func linkCount(for inputShape: [Int]) -> Int { 2 * inputShape.reduce(1, *) }

  /// One multiply-add for each number.
  public func operationCount(for inputShape: [Int]) -> Int { inputShape.reduce(1, *) }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    normalization.makePlan(for: inputShape, in: context)
  }
}

/// Batch normalization of images, as `torch.nn.BatchNorm2d`.
///
/// y = weight[c]·(x − μ[c])/√(σ²[c] + ε) + bias[c], with mean and variance of the channel over the whole batch and all
/// positions. In training they are those of the batch at hand, exact however the batch is cut into parts, and the
/// running ones follow: r ← (1 − momentum)·r + momentum·statistic, the variance without bias. In evaluation they are the
/// running ones.
///
/// Shapes: `[C, H, W]`, unchanged; a batch needs at least two values per channel. S. Ioffe and C. Szegedy, *Batch
/// normalization*, ICML 2015.
public struct BatchNorm2D: Layer {
  /// "BatchNorm2D".
  public var name: String { "BatchNorm2D" }

  private let normalization: BatchNormalization

  /// Creates a layer.
  ///
  /// - Parameters:
  ///   - channels: C ≥ 1.
  ///   - epsilon: What is added to the variance.
  ///   - momentum: The share of the newest batch in the running statistics.
  public init(channels: Int, epsilon: Double = 1e-5, momentum: Double = 0.1) {
    normalization = BatchNormalization(channels: channels, epsilon: epsilon, momentum: momentum)
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) throws -> [Int] {
    try normalization.check(inputShape, ranks: 3...3, "images")
  }

  /// `weight`, `bias`, and the state `running_mean`, `running_var`, `num_batches_tracked`.
  public func parameters(for inputShape: [Int]) -> [ParameterDescription] { normalization.parameters }

  /// Two for each number: its scale and its shift.
  public func linkCount(for inputShape: [Int]) -> Int { 2 * inputShape.reduce(1, *) }

  /// One multiply-add for each number.
  public func operationCount(for inputShape: [Int]) -> Int { inputShape.reduce(1, *) }

  /// Makes the part that computes.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    normalization.makePlan(for: inputShape, in: context)
  }
}

/// What the batch normalizations of all ranks share.
struct BatchNormalization: Sendable {
  let channels: Int
  let epsilon: Double
  let momentum: Double

  init(channels: Int, epsilon: Double, momentum: Double) {
    precondition(channels >= 1, "expected at least 1 channel, got \(channels)")
    precondition(epsilon > 0, "expected an epsilon above 0, got \(epsilon)")
    precondition((0...1).contains(momentum), "expected a momentum from 0 to 1, got \(momentum)")
    self.channels = channels
    self.epsilon = epsilon
    self.momentum = momentum
  }

  func check(_ inputShape: [Int], ranks: ClosedRange<Int>, _ what: String) throws -> [Int] {
    guard ranks.contains(inputShape.count), inputShape[0] == channels else {
      throw LayerShapeError(expected: "\(what) of \(channels) channels", found: inputShape)
    }
    return inputShape
  }

  var parameters: [ParameterDescription] {
    [
      ParameterDescription("weight", shape: [channels], initializer: .constant(1)),
      ParameterDescription("bias", shape: [channels], initializer: .constant(0)),
      ParameterDescription("running_mean", shape: [channels], initializer: .constant(0), role: .state),
      ParameterDescription("running_var", shape: [channels], initializer: .constant(1), role: .state),
      ParameterDescription("num_batches_tracked", shape: [], initializer: .constant(0), role: .state),
    ]
  }

  func makePlan<S: NetworkScalar>(for inputShape: [Int], in context: PlanContext) -> LayerPlan<S> {
    let size = inputShape.dropFirst().reduce(1, *)
    switch context.mode {
    case .training: return .batch(BatchNormPlan<S>(normalization: self, size: size))
    case .evaluation: return .mapping(RunningNormPlan<S>(normalization: self, size: size))
    }
  }
}
