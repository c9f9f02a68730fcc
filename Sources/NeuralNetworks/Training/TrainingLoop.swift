import Foundation
public import Tensors

/// Epochs of training, one after the other, with reports between them.
public struct TrainingLoop: Sendable {
  /// The number of the last epoch.
  public var epochs: Int
  /// Decides the order of the images: epoch n uses the child n of this stream; the order given when left out.
  public var stream: RandomStream?
  /// How the learning rate changes, from the one that the trainer's optimizer has when ``run`` begins.
  public var schedule = LearningRateSchedule.constant
  /// Lowers the learning rate besides, where there is a validation loss.
  public var plateau: PlateauReduction?
  /// Ends early and restores the best weights, where there is a validation loss.
  public var stopping: EarlyStopping?

  /// Creates a loop.
  ///
  /// - Parameters:
  ///   - epochs: The number of the last epoch.
  ///   - stream: Decides the order of the images; the order given when left out.
  public init(epochs: Int, shuffledBy stream: RandomStream?) {
    self.epochs = epochs
    self.stream = stream
  }

  /// What is known after an epoch.
  public struct Report: Sendable, CustomStringConvertible {
    /// The number of the epoch, from 1.
    public let epoch: Int
    /// The number of the last epoch.
    public let epochs: Int
    /// The mean loss of the epoch.
    public let loss: Double
    /// The loss on validation data after the epoch, where there are any.
    public let validationLoss: Double?
    /// The step size of the epoch.
    public let learningRate: Double
    /// Training speed of the epoch.
    public let imagesPerSecond: Double
    /// The time that the remaining epochs will take at the same speed.
    public let secondsLeft: Double

    /// A progress line: `epoch 3/15  loss 0.2134  validation 0.2501  101000 images/s  1.2 s left`.
    public var description: String {
      let validation = validationLoss.map { String(format: "validation %.4f  ", $0) } ?? ""
      return String(format: "epoch %d/%d  loss %.4f  ", epoch, epochs, loss) + validation
        + String(format: "%.0f images/s  %.1f s left", imagesPerSecond, secondsLeft)
    }
  }

  /// Trains a classifier until the last epoch, from the epoch after those that the trainer has finished.
  ///
  /// - Parameters:
  ///   - trainer: What is trained.
  ///   - images: `[N, C, H, W]`.
  ///   - labels: N classes, from 0.
  ///   - isCancelled: Asked before each batch; when it says yes, the loop ends by throwing `CancellationError`.
  ///   - validate: Computes the loss on validation data after each epoch.
  ///   - afterEpoch: Receives a report after each epoch; it may evaluate the trainer and read its weights.
  /// - Throws: What ``Trainer/trainEpoch(images:labels:batchSize:shuffledBy:isCancelled:)``, `validate` and `afterEpoch`
  ///   throw.
  public mutating func run<S: NetworkScalar>(
    _ trainer: Trainer<S>, images: Tensor<S>, labels: [Int], isCancelled: () -> Bool = { false },
    validate: (() throws -> Double)? = nil, afterEpoch: (Report) throws -> Void
  ) throws {
    try run(
      trainer, images: images, targets: .classes(labels), isCancelled: isCancelled, validate: validate,
      afterEpoch: afterEpoch)
  }

  /// Trains until the last epoch, from the epoch after those that the trainer has finished.
  ///
  /// - Parameters:
  ///   - trainer: What is trained.
  ///   - images: `[N, C, H, W]`.
  ///   - targets: What the outputs should be.
  ///   - isCancelled: Asked before each batch; when it says yes, the loop ends by throwing `CancellationError`.
  ///   - validate: Computes the loss on validation data after each epoch.
  ///   - afterEpoch: Receives a report after each epoch; it may evaluate the trainer and read its weights.
  /// - Throws: What ``Trainer/trainEpoch(images:targets:batchSize:shuffledBy:isCancelled:)``, `validate` and `afterEpoch`
  ///   throw.
  public mutating func run<S: NetworkScalar>(
    _ trainer: Trainer<S>, images: Tensor<S>, targets: Targets<S>, isCancelled: () -> Bool = { false },
    validate: (() throws -> Double)? = nil, afterEpoch: (Report) throws -> Void
  ) throws {
    let firstRate = trainer.optimizer.learningRate
    defer { trainer.optimizer.learningRate = firstRate }
    var best: Weights<S>?
    while trainer.epochCount < epochs && stopping?.isOver != true {
      let factor = schedule.factor(epoch: trainer.epochCount, of: epochs) * (plateau?.scale ?? 1)
      trainer.optimizer.learningRate = firstRate * factor
      let start = ContinuousClock.now
      let loss = try trainer.trainEpoch(
        images: images, targets: targets, shuffledBy: stream?.split(trainer.epochCount + 1), isCancelled: isCancelled)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      let validationLoss = try validate?()
      if let validationLoss {
        plateau?.observe(validationLoss)
        if stopping?.observe(validationLoss, epoch: trainer.epochCount) == true { best = trainer.weights }
      }
      try afterEpoch(
        Report(
          epoch: trainer.epochCount, epochs: epochs, loss: loss, validationLoss: validationLoss,
          learningRate: trainer.optimizer.learningRate, imagesPerSecond: Double(targets.count) / seconds,
          secondsLeft: Double(epochs - trainer.epochCount) * seconds))
    }
    if let best { trainer.weights = best }
  }
}
