import Experiments
import NeuralNetworks

/// What the command says of a training when it is over.
struct TrainReport: Encodable {
  let parameters: Int
  let epochs: [EpochRecord]
  let isInterrupted: Bool
  let validation: ClassificationReport?
  let test: ClassificationReport?
  let training: ClassificationReport?

  /// Judges the weights on every part that there is: on the training images where there is no other.
  init(_ network: Network, _ outcome: TrainingRun.Outcome, _ parts: TrainingParts) throws {
    func report(_ part: TrainingParts.Part?) throws -> ClassificationReport? {
      try part.map {
        try ClassificationReport(
          logits: outcome.trained.outputs(ofPrepared: $0.images), labels: $0.labels, classes: parts.classes,
          place: "training")
      }
    }
    parameters = network.parameterCount
    epochs = outcome.records
    isInterrupted = outcome.isInterrupted
    validation = try report(parts.validation)
    test = try report(parts.test)
    training = validation == nil && test == nil ? try report(parts.training) : nil
  }

  /// The parts that were judged, the one that decides last.
  var parts: [(name: String, report: ClassificationReport)] {
    [("training", training), ("validation", validation), ("test", test)].compactMap { name, report in
      report.map { (name, $0) }
    }
  }

  /// The scores, and the confusion matrix of the part that decides.
  var lines: [String] {
    guard let (name, last) = parts.last, last.classes.count <= 30 else { return ClassificationReport.lines(parts) }
    return ClassificationReport.lines(parts) + ["", "\(name):"] + last.confusionLines
  }
}
