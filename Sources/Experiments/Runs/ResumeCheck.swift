import Formats
import Foundation
import Tensors

/// Whether a comparison is the one that a run was begun with.
enum ResumeCheck {
  /// Fails where the version, an option or the data have changed, naming all that have.
  static func require(_ comparison: Comparison, continues run: Run) throws {
    let found = changes(from: run, to: comparison)
    guard found.isEmpty else {
      throw InputError(
        "run '\(run.name)'", "cannot be resumed, since this has changed: \(found.joined(separator: "; "))",
        remedy: "Begin a new run without --resume, or restore what has changed.")
    }
  }

  private static func changes(from run: Run, to comparison: Comparison) -> [String] {
    let version =
      run.version == CodeVersion.current ? [] : ["BasisLab was version \(run.version) and is \(CodeVersion.current)"]
    let options = ConfigurationChanges.between(run.configuration, comparison.configuration).map(\.description)
    guard version.isEmpty && options.isEmpty else { return version + options }
    let checksums = comparison.arenas.map { (label: $0.label, checksum: $0.dataset.checksum) }
    guard checksums.map(\.label) == run.parts.map(\.label) else { return ["the number of training images"] }
    return zip(checksums, run.parts).compactMap { now, part in
      now.checksum == part.dataset.checksum
        ? nil : "the data of \(part.label) (checksum \(part.dataset.checksum), now \(now.checksum))"
    }
  }
}

/// An option that two configurations set differently.
public struct ConfigurationChanges: Sendable, CustomStringConvertible {
  /// The option, without its hyphens.
  public let option: String
  /// The value of the first configuration.
  public let before: String
  /// The value of the second configuration.
  public let after: String

  /// What is said of the change.
  public var description: String { "--\(option) was \(before) and is \(after)" }

  /// All options that differ, by name.
  public static func between(
    _ first: ComparisonConfiguration, _ second: ComparisonConfiguration
  ) -> [ConfigurationChanges] {
    let (before, after) = (values(first), values(second))
    return Set(before.keys).union(after.keys).sorted().compactMap { option in
      let (old, new) = (before[option] ?? "not set", after[option] ?? "not set")
      return old == new ? nil : ConfigurationChanges(option: option, before: old, after: new)
    }
  }

  /// Each option as words.
  private static func values(_ configuration: ComparisonConfiguration) -> [String: String] {
    guard let data = try? JSONEncoder().encode(configuration),
      let values = try? JSONDecoder().decode([String: Value].self, from: data)
    else { preconditionFailure("expected a configuration of numbers and words, got \(configuration)") }
    return values.mapValues(\.text)
  }

  private enum Value: Decodable {
    case word(String)
    case list([Value])

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      if let list = try? container.decode([Value].self) {
        self = .list(list)
      } else if let flag = try? container.decode(Bool.self) {
        self = .word("\(flag)")
      } else if let word = try? container.decode(String.self) {
        self = .word(word)
      } else if let integer = try? container.decode(UInt64.self) {
        self = .word("\(integer)")
      } else {
        self = .word("\(try container.decode(Double.self))")
      }
    }

    var text: String {
      switch self {
      case .word(let word): word
      case .list(let list): list.isEmpty ? "not set" : list.map(\.text).joined(separator: ",")
      }
    }
  }
}
