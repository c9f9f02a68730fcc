import Formats
public import Foundation
public import NeuralNetworks
import Tensors

/// All that a training needs to go on after an epoch as if it had never stopped.
public struct TrainingCheckpoint: Sendable {
  /// Weights, moments of the optimizer, and how many steps and epochs were made.
  public let state: TrainerState<Float>
  /// The weights of the epoch with the smallest validation loss, where that is watched for early stopping.
  public let best: Weights<Float>?
  /// The epochs so far.
  public let records: [EpochRecord]

  private struct Notes: Codable {
    let configuration: TrainingConfiguration
    let data: UInt64
    let records: [EpochRecord]
  }

  private static let notesKey = "training"
  private static let bestPrefix = "best."

  init(state: TrainerState<Float>, best: Weights<Float>?, records: [EpochRecord]) {
    self.state = state
    self.best = best
    self.records = records
  }

  /// Where the checkpoint of a training lies: `weights.checkpoint.safetensors` beside `weights.safetensors`.
  ///
  /// - Parameter weights: Where the weights go in the end.
  /// - Returns: The file.
  public static func url(beside weights: URL) -> URL {
    weights.deletingPathExtension().appendingPathExtension("checkpoint.safetensors")
  }

  /// Reads the checkpoint of a training.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - network: The network that is trained.
  ///   - configuration: How it is trained; only the number of epochs may differ from when the checkpoint was written.
  ///   - parts: The data, which must be the same.
  /// - Throws: `InputError` where the file is missing or damaged, or belongs to another training.
  public init(
    _ url: URL, network: Network, configuration: TrainingConfiguration, parts: TrainingParts
  ) throws {
    let name = url.relativePath
    guard FileManager.default.fileExists(atPath: url.path) else {
      throw InputError(name, "there is no such checkpoint", remedy: "Begin without --resume.")
    }
    let archive = try Safetensors.read(url)
    guard let text = archive.metadata[Self.notesKey],
      let notes = try? JSONDecoder().decode(Notes.self, from: Data(text.utf8))
    else { throw InputError(name, "is not a checkpoint that this version of basislab has written") }
    try Self.check(notes.configuration, configuration, name)
    guard notes.data == parts.checksum else {
      throw InputError(name, "is the checkpoint of a training on other data", remedy: "Begin without --resume.")
    }
    state = try TrainerState(archive, origin: name, for: network)
    best =
      archive.names.contains { $0.hasPrefix(Self.bestPrefix) }
      ? try Weights(archive, origin: name, prefix: Self.bestPrefix, parameters: network.parameters) : nil
    records = notes.records
  }

  /// Writes the checkpoint; the file appears complete or not at all.
  func write(to url: URL, configuration: TrainingConfiguration, data: UInt64) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = .sortedKeys
    let notes = try encoder.encode(Notes(configuration: configuration, data: data, records: records))
    try Safetensors.write(
      state.arrays + (best?.arrays(prefix: Self.bestPrefix) ?? []),
      metadata: state.metadata.merging([Self.notesKey: String(decoding: notes, as: UTF8.self)]) { $1 }, to: url)
  }

  private static func check(_ old: TrainingConfiguration, _ new: TrainingConfiguration, _ name: String) throws {
    var same = new
    same.epochs = old.epochs
    guard same != old else { return }
    let (before, now) = (try fields(old), try fields(same))
    let differing = before.keys.sorted().filter { before[$0] != now[$0] }
      .map { "\($0) was \(before[$0]!)" + (now[$0].map { " and is \($0)" } ?? "") }
    throw InputError(
      name, "is the checkpoint of a training with other options: \(differing.joined(separator: ", "))",
      remedy: "Give the same options, or begin without --resume.")
  }

  private static func fields(_ configuration: TrainingConfiguration) throws -> [String: String] {
    let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(configuration)) as? [String: Any]
    return (object ?? [:]).mapValues { "\($0)" }
  }
}
