public import Foundation
public import NeuralNetworks
import Tensors

/// Watches a training under way.
public protocol TrainingObserver {
  /// A batch is about to begin.
  ///
  /// - Parameters:
  ///   - images: The images of this epoch that are done.
  ///   - count: The images of an epoch.
  ///   - epoch: The number of the epoch, from 1.
  func batchBegins(after images: Int, of count: Int, epoch: Int)

  /// An epoch is finished.
  ///
  /// - Parameters:
  ///   - record: What is known of it.
  ///   - secondsLeft: The time that the epochs that are left will take.
  func epochFinished(_ record: EpochRecord, secondsLeft: Double)
}

/// A network being trained on data, epoch by epoch, with a checkpoint after each.
public struct TrainingRun {
  /// What a training leaves.
  public struct Outcome: Sendable {
    /// The network and its weights: those with the smallest validation loss where training stops early.
    public let trained: TrainedNetwork
    /// The learning curve.
    public let records: [EpochRecord]
    /// Whether it was asked to stop before the last epoch.
    public let isInterrupted: Bool
  }

  private let network: Network
  private let configuration: TrainingConfiguration
  private let parts: TrainingParts
  private let checkpointURL: URL
  private let data: UInt64

  /// Prepares a training.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - parts: The data.
  ///   - configuration: How it is trained.
  ///   - checkpoint: Where a checkpoint is written after each epoch.
  public init(_ network: Network, parts: TrainingParts, configuration: TrainingConfiguration, checkpoint: URL) {
    self.network = network
    self.parts = parts
    self.configuration = configuration
    checkpointURL = checkpoint
    data = parts.checksum
  }

  /// Trains until the last epoch.
  ///
  /// - Parameters:
  ///   - weights: The first weights; drawn when left out.
  ///   - checkpoint: Where to go on from.
  ///   - observer: Watches.
  ///   - isCancelled: Asked before each batch; when it says yes, the epoch under way is given up.
  /// - Returns: The weights and the learning curve.
  /// - Throws: `InputError` when the loss stops being finite, or where data and network do not fit each other, or a
  ///   checkpoint cannot be written.
  public func run(
    from weights: Weights<Float>?, resuming checkpoint: TrainingCheckpoint?, observer: some TrainingObserver,
    isCancelled: () -> Bool
  ) throws -> Outcome {
    let stream = RandomStream(seed: configuration.seed)
    let trainer = try Trainer(
      network, weights: weights ?? Weights(initializing: network, from: stream.split("weights")),
      optimizer: configuration.madeOptimizer, loss: configuration.makeLoss(for: network, labels: parts.training.labels),
      regularization: Regularization(penalty: configuration.penalty, largestGradientNorm: configuration.clip),
      batchSize: min(configuration.batchSize, parts.training.count), stream: stream.split("dropout"))
    var (best, records) = (checkpoint?.best, checkpoint?.records ?? [])
    if let checkpoint { try trainer.restore(checkpoint.state) } else { try save(trainer, best, records) }
    while trainer.epochCount < configuration.epochs, stopping(records)?.isOver != true {
      do {
        records.append(try epoch(trainer, stream.split("order"), records, observer, isCancelled))
      } catch is CancellationError {
        return outcome(trainer.weights, best, records, isInterrupted: true)
      }
      if let stopping = stopping(records), stopping.bestEpoch == records.count { best = trainer.weights }
      try save(trainer, best, records)
      let seconds = Double(parts.training.count) / records.last!.imagesPerSecond
      observer.epochFinished(
        records.last!, secondsLeft: seconds * Double(configuration.epochs - trainer.epochCount))
    }
    return outcome(trainer.weights, best, records, isInterrupted: false)
  }

  private func epoch(
    _ trainer: Trainer<Float>, _ order: RandomStream, _ records: [EpochRecord], _ observer: some TrainingObserver,
    _ isCancelled: () -> Bool
  ) throws -> EpochRecord {
    let (number, count) = (trainer.epochCount, parts.training.count)
    trainer.optimizer.learningRate =
      configuration.learningRate
      * configuration.schedule.factor(
        epoch: number, of: configuration.epochs, losses: records.compactMap(\.validationLoss))
    var batches = 0
    let before = trainer.state
    let start = ContinuousClock.now
    let loss: Double
    do {
      loss = try trainer.trainEpoch(
        images: parts.training.images, targets: parts.targets,
        shuffledBy: configuration.shuffles ? order.split(number + 1) : nil
      ) {
        observer.batchBegins(after: batches * trainer.batchSize, of: count, epoch: number + 1)
        batches += 1
        return isCancelled()
      }
    } catch is CancellationError {
      try trainer.restore(before)
      throw CancellationError()
    }
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    let validation = try parts.validation.map { part in
      try judge(trainer.outputs(part.images), part, place: "training, epoch \(number + 1), batch \(batches)")
    }
    return EpochRecord(
      epoch: number + 1, learningRate: trainer.optimizer.learningRate, loss: loss, validationLoss: validation?.loss,
      validationAccuracy: validation?.accuracy, imagesPerSecond: Double(count) / seconds)
  }

  /// What is watched: the logarithmic loss and the accuracy, or the measure of numbers.
  private func judge(
    _ outputs: Tensor<Float>, _ part: TrainingParts.Part, place: String
  ) throws -> (loss: Double, accuracy: Double?) {
    guard let numbers = parts.numbers else {
      let report = try ClassificationReport(logits: outputs, labels: part.labels, classes: parts.classes, place: place)
      return (report.logLoss, report.accuracy)
    }
    guard outputs.maximumMagnitude.isFinite else {
      throw InputError(place, "the outputs are not finite", remedy: "Take a smaller learning rate.")
    }
    return (parts.family.score(numbers.numbers(outputs.map { Double($0) }), part.response)[parts.family], nil)
  }

  /// The rule that ends training early, after the epochs so far; `nil` where there is none.
  private func stopping(_ records: [EpochRecord]) -> EarlyStopping? {
    guard let patience = configuration.earlyStopping else { return nil }
    var stopping = EarlyStopping(patience: patience)
    for record in records { _ = stopping.observe(record.watchedLoss, epoch: record.epoch) }
    return stopping
  }

  private func save(_ trainer: Trainer<Float>, _ best: Weights<Float>?, _ records: [EpochRecord]) throws {
    try TrainingCheckpoint(state: trainer.state, best: best, records: records)
      .write(to: checkpointURL, configuration: configuration, data: data)
  }

  private func outcome(
    _ weights: Weights<Float>, _ best: Weights<Float>?, _ records: [EpochRecord], isInterrupted: Bool
  ) -> Outcome {
    Outcome(
      trained: TrainedNetwork(
        network, weights: best ?? weights, standardizer: parts.standardizer, numbers: parts.numbers), records: records,
      isInterrupted: isInterrupted)
  }
}
