import Datasets
public import Foundation
import Statistics
import Tensors

/// A finished table of a run with what made it: its images once more, and the models of its first repeat.
///
/// Networks are read from the folder of the run; features are fitted again to the images that they were fitted to. Both are
/// what the run has tested; controls of dealt labels are fitted to the same dealt labels.
public struct ReopenedTable: Sendable {
  /// The name of the data set, with its training-set size where there are several.
  public let label: String
  /// The fixed and the learned model with the best validation score, where there are such.
  public let best: [String]

  private let run: Run
  private let table: TableResult
  private let arena: Arena
  private let images: ImageCollection
  private let folder: URL

  /// Opens a table.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - runs: The folder of runs.
  ///   - label: The table; the only one when `nil`.
  /// - Throws: `InputError` where there is no such table, or the data or the networks' files have changed since.
  public init(_ run: Run, in runs: URL, label: String?) throws {
    let part = try Self.part(label, of: run)
    guard let table = part.table else { preconditionFailure("expected a finished table, got none for \(part.label)") }
    let comparison = try Comparison(run.configuration, datasets: run.configuration.loadDatasets())
    let changes = ResumeCheck.changes(from: run, to: comparison)
    guard changes.isEmpty, let place = comparison.arenas.firstIndex(where: { $0.label == part.label }) else {
      throw InputError(
        "run '\(run.name)'", "cannot be opened again, since this has changed: \(changes.joined(separator: "; "))",
        remedy: "Restore what has changed, or repeat the run.")
    }
    self.run = run
    self.table = table
    self.label = part.label
    arena = comparison.arenas[place]
    images = try run.configuration.loadImages(named: arena.dataset.name)
    folder = runs.appendingPathComponent(run.name)
    best = [table.bestFixed, table.bestLearned].compactMap { $0 }
  }

  private static func part(_ label: String?, of run: Run) throws -> Run.Part {
    let finished = run.parts.filter { $0.table != nil }
    let labels = finished.map(\.label)
    guard !labels.isEmpty else { throw InputError("run '\(run.name)'", "no table is finished yet") }
    if let label {
      guard let part = finished.first(where: { $0.label == label }) else {
        throw Suggestion.unknown(label, kind: "table of the run", accepted: labels)
      }
      return part
    }
    guard finished.count == 1 else {
      throw InputError(
        "run '\(run.name)'", "has \(finished.count) tables",
        remedy: "Choose with --table: \(labels.joined(separator: ", ")).")
    }
    return finished[0]
  }

  /// The network that a model is made of.
  ///
  /// - Parameter name: The model; the best learned one when `nil`.
  /// - Returns: The network, without the widths that the model's name may give it.
  /// - Throws: `InputError` where it has no network.
  public func reference(to name: String?) throws -> NetworkReference {
    let name = try learned(name)
    guard
      let reference = try ModelRequest(parsing: name, among: run.configuration.networks ?? []).network?.reference
    else { throw InputError("model '\(name)'", "has no layers: it is no network") }
    return reference
  }

  /// A network as it was trained in the first repeat, for pixels as they are in the file.
  ///
  /// - Parameter name: The model; the best learned one when `nil`.
  /// - Returns: The network with its weights.
  /// - Throws: `InputError` where the run has no such network, or not its weights.
  public func network(named name: String?) throws -> TrainedNetwork {
    let name = try learned(name)
    guard let network = try contender(name).layers else {
      throw InputError("model '\(name)'", "has no layers: it is no network")
    }
    let url = folder.appendingPathComponent(RunFolder.weightsPlace(label, name))
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw InputError(
        "run '\(run.name)'", "has no weights of '\(name)' in \(url.relativePath)", remedy: "Repeat the run.")
    }
    let trained = try TrainedNetwork(network, weights: url)
    guard arena.family.explainsNumbers == (trained.numbers != nil) else {
      throw InputError(url.relativePath, "does not say what the outputs mean as numbers", remedy: "Repeat the run.")
    }
    return trained
  }

  /// What is watched while images move: the layers of a network, or the features of any other model.
  ///
  /// - Parameters:
  ///   - name: The model.
  ///   - count: The largest number of test images of the first repeat.
  /// - Returns: The subject.
  /// - Throws: `InputError` where the run has no such model, or it has neither layers nor features.
  public func equivarianceSubject(_ name: String, images count: Int) throws -> EquivarianceSubject {
    let chosen = Array(arena.splits[0].test.prefix(count))
    if try contender(name).layers != nil {
      return EquivarianceSubject(
        try network(named: name), name: name, images: images.images.gatheringRows(chosen),
        spread: arena.dataset.numberSpread)
    }
    guard try !contender(name).isNetwork else {
      throw InputError("model '\(name)'", "is a control, and the run has not kept its weights")
    }
    let candidate = try candidate(name)
    guard let features = candidate.features else {
      throw InputError("model '\(name)'", "has neither layers nor features")
    }
    return EquivarianceSubject(
      features, name: name, images: arena.part(chosen).images, spread: arena.dataset.numberSpread,
      predictions: candidate.predictions)
  }

  /// The measurement of what is lost when the filters of a layer are tied, on the images of the first repeat.
  ///
  /// - Parameters:
  ///   - trained: A network of the run.
  ///   - layer: The layer.
  ///   - configuration: How the other layers are trained further.
  /// - Returns: The measurement, ready to be made.
  /// - Throws: `InputError` where images do not suit the network, or the loss not what it explains.
  public func retying(
    _ trained: TrainedNetwork, layer: FilterLayer, configuration: TrainingConfiguration
  ) throws -> FilterRetying {
    let parts = TrainingParts(
      images, split: arena.splits[0], classes: arena.family.explainsNumbers ? [] : arena.dataset.classes, for: trained
    ) { arena.response($0) }
    return try FilterRetying(trained, layer: layer, parts: parts, of: label, configuration: configuration)
  }

  private func learned(_ name: String?) throws -> String {
    guard let name = name ?? table.bestLearned else {
      throw InputError("run '\(run.name)'", "has no learned model on \(label)", remedy: "Name a network with --model.")
    }
    return name
  }

  private func contender(_ name: String) throws -> any Contender {
    guard let found = arena.contenders.first(where: { $0.name == name }) else {
      throw Suggestion.unknown(name, kind: "model of the run", accepted: arena.contenders.map(\.name))
    }
    return found
  }

  /// The setting of the first repeat, fitted again to what was tested: to the training images, or to those of validation too.
  private func candidate(_ name: String) throws -> Candidate {
    let (contender, split) = (try contender(name), arena.splits[0])
    let owners = arena.owners(of: contender, in: 0)
    func fitted(_ images: [Int]) throws -> [Candidate] {
      try contender.candidates(
        trials: run.configuration.trials, training: arena.part(images, owners),
        stream: RandomStream(seed: run.configuration.seed), isCancelled: { false })
    }
    let tried = try fitted(split.train)
    let setting = table.models.first { $0.model == name }?.settings.first
    guard let chosen = tried.firstIndex(where: { $0.setting == setting }) else {
      throw InputError(
        "run '\(run.name)'",
        "chose '\(setting ?? "nothing")' for '\(name)', which is not among the settings found now: "
          + tried.map(\.setting).joined(separator: ", "),
        remedy: "Repeat the run.")
    }
    return arena.testsRefitted ? try fitted(split.train + split.validation)[chosen] : tried[chosen]
  }
}

extension Dataset {
  /// The standard deviation of the numbers of all images, where they have numbers.
  public var numberSpread: Double? { numbers.map { Moments($0).standardDeviation } }
}
