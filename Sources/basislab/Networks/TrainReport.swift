import Experiments
import LinearModels
import NeuralNetworks

/// What the command says of a training when it is over.
struct TrainReport: Encodable {
  let parameters: Int
  let epochs: [EpochRecord]
  let isInterrupted: Bool
  let validation: PartReport?
  let test: PartReport?
  let training: PartReport?

  /// Judges the weights on every part that there is: on the training images where there is no other.
  init(_ network: Network, _ outcome: TrainingRun.Outcome, _ parts: TrainingParts) throws {
    func report(_ part: TrainingParts.Part?) throws -> PartReport? {
      try part.map { try PartReport(outcome.trained, $0, parts) }
    }
    parameters = network.parameterCount
    epochs = outcome.records
    isInterrupted = outcome.isInterrupted
    validation = try report(parts.validation)
    test = try report(parts.test)
    training = validation == nil && test == nil ? try report(parts.training) : nil
  }

  /// The parts that were judged, the one that decides last.
  private var parts: [(name: String, report: PartReport)] {
    [("training", training), ("validation", validation), ("test", test)].compactMap { name, report in
      report.map { (name, $0) }
    }
  }

  /// The parts that were judged by classes, the one that decides last.
  var classifications: [(name: String, report: ClassificationReport)] {
    parts.compactMap { name, report in if case .classes(let own) = report { (name, own) } else { nil } }
  }

  /// The scores, and the confusion matrix of the part that decides.
  var lines: [String] {
    guard let (name, last) = classifications.last else {
      return NumberReport.lines(
        parts.compactMap { name, report in if case .numbers(let own) = report { (name, own) } else { nil } })
    }
    let scores = ClassificationReport.lines(classifications)
    return last.classes.count <= 30 ? scores + ["", "\(name):"] + last.confusionLines : scores
  }
}

/// How good a network is on some images, whose classes or numbers it explains.
enum PartReport: Encodable {
  case classes(ClassificationReport)
  case numbers(NumberReport)

  init(_ trained: TrainedNetwork, _ part: TrainingParts.Part, _ parts: TrainingParts) throws {
    switch part.response {
    case .classes(let labels, _):
      self = .classes(
        try ClassificationReport(
          logits: trained.outputs(ofPrepared: part.images), labels: labels, classes: parts.classes, place: "training"))
    case .numbers(let numbers):
      self = .numbers(
        try NumberReport(trained.predictions(ofPrepared: part.images), numbers, family: parts.family))
    }
  }

  func encode(to encoder: any Encoder) throws {
    switch self {
    case .classes(let report): try report.encode(to: encoder)
    case .numbers(let report): try report.encode(to: encoder)
    }
  }
}
