/// Everything that a trainer has learned: what a checkpoint must hold so that training goes on with the same bits.
public struct TrainerState<S: NetworkScalar>: Equatable, Sendable {
  /// The weights and the state of layers.
  public var weights: Weights<S>
  /// The optimizer's first number for each trained parameter.
  public var firstMoments: Weights<S>
  /// The optimizer's second number.
  public var secondMoments: Weights<S>
  /// The steps made.
  public var stepCount: Int
  /// The epochs finished.
  public var epochCount: Int

  /// Creates a state.
  ///
  /// - Parameters:
  ///   - weights: The weights and the state of layers.
  ///   - firstMoments: The optimizer's first number for each trained parameter.
  ///   - secondMoments: The optimizer's second number.
  ///   - stepCount: The steps made.
  ///   - epochCount: The epochs finished.
  public init(
    weights: Weights<S>, firstMoments: Weights<S>, secondMoments: Weights<S>, stepCount: Int, epochCount: Int
  ) {
    self.weights = weights
    self.firstMoments = firstMoments
    self.secondMoments = secondMoments
    self.stepCount = stepCount
    self.epochCount = epochCount
  }
}

extension Trainer {
  /// Everything learned so far.
  public var state: TrainerState<S> {
    let layout = executor.plan.layout
    return TrainerState(
      weights: weights, firstMoments: Weights(firstMoments.all, layout),
      secondMoments: Weights(secondMoments.all, layout),
      stepCount: stepCount, epochCount: epochCount)
  }

  /// Goes on from where another trainer of the same network, settings and seed was.
  ///
  /// - Parameter state: What that trainer had learned.
  /// - Throws: `InputError` where it is not a state of this network.
  public func restore(_ state: TrainerState<S>) throws {
    try state.weights.check(against: network)
    for moments in [state.firstMoments, state.secondMoments] {
      try moments.check(
        against: executor.plan.layout.tensors.filter { $0.range.upperBound <= trainedCount }.map(\.description))
    }
    weights = state.weights
    state.firstMoments.write(to: firstMoments.all, executor.plan.layout)
    state.secondMoments.write(to: secondMoments.all, executor.plan.layout)
    stepCount = state.stepCount
    epochCount = state.epochCount
  }
}
