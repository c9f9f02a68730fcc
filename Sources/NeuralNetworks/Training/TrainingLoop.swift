import Foundation
public import Tensors

/// Epochs of training, one after the other, with reports between them.
public struct TrainingLoop: Sendable {
  /// The number of the last epoch.
  public var epochs: Int
  /// Decides the order of the images: epoch n uses the child n of this stream; the order given when left out.
  public var stream: RandomStream?

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
    /// Training speed of the epoch.
    public let imagesPerSecond: Double
    /// The time that the remaining epochs will take at the same speed.
    public let secondsLeft: Double

    /// A progress line: `epoch 3/15  loss 0.2134  101000 images/s  1.2 s left`.
    public var description: String {
      String(
        format: "epoch %d/%d  loss %.4f  %.0f images/s  %.1f s left", epoch, epochs, loss, imagesPerSecond, secondsLeft)
    }
  }

  /// Trains until the last epoch, from the epoch after those that the trainer has finished.
  ///
  /// - Parameters:
  ///   - trainer: What is trained.
  ///   - images: `[N, C, H, W]`.
  ///   - labels: N classes, from 0.
  ///   - isCancelled: Asked before each batch; when it says yes, the loop ends by throwing `CancellationError`.
  ///   - afterEpoch: Receives a report after each epoch; it may evaluate the trainer and read its weights.
  /// - Throws: What ``Trainer/trainEpoch(images:labels:batchSize:shuffledBy:isCancelled:)`` and `afterEpoch` throw.
  public func run<S: NetworkScalar>(
    _ trainer: Trainer<S>, images: Tensor<S>, labels: [Int], isCancelled: () -> Bool = { false },
    afterEpoch: (Report) throws -> Void
  ) throws {
    while trainer.epochCount < epochs {
      let start = ContinuousClock.now
      let loss = try trainer.trainEpoch(
        images: images, labels: labels, shuffledBy: stream?.split(trainer.epochCount + 1), isCancelled: isCancelled)
      let seconds = (ContinuousClock.now - start) / .seconds(1)
      try afterEpoch(
        Report(
          epoch: trainer.epochCount, epochs: epochs, loss: loss, imagesPerSecond: Double(labels.count) / seconds,
          secondsLeft: Double(epochs - trainer.epochCount) * seconds))
    }
  }
}
