import Tensors

/// A run as the store knows it.
public struct Run: Sendable, Encodable {
  /// Where a run stands.
  public enum State: String, Codable, Sendable, CaseIterable {
    /// All tables are there.
    case finished
    /// A process is at work on it.
    case running
    /// It was interrupted or failed, and can be resumed.
    case unfinished
  }

  /// One data set at one training-set size.
  public struct Part: Sendable, Encodable {
    /// The name of the data set, with the number of training images where a learning curve has several.
    public let label: String
    /// The data set.
    public let dataset: DatasetFacts
    /// The table, once it is finished.
    public let table: TableResult?
  }

  /// The name, which no other run of the store has; that of its folder too.
  public let name: String
  /// Where it stands.
  public let state: State
  /// The version of BasisLab that began it.
  public let version: String
  /// When it was begun, in ISO 8601, universal time.
  public let started: String
  /// When the last table was finished, in ISO 8601; `nil` before.
  public let finished: String?
  /// The resolved configuration.
  public let configuration: ComparisonConfiguration
  /// Where and with what it was begun.
  public let environment: RunEnvironment
  /// Its parts, in the order of the configuration.
  public let parts: [Part]

  /// The models that were asked for: by the words of the options, and as tables call networks that files describe.
  public var modelNames: [String] { configuration.models + configuration.modelNames }

  /// The finished tables with the configuration, as `basislab compare --json` prints them.
  public var outcome: ComparisonOutcome {
    let tables = parts.compactMap(\.table)
    return ComparisonOutcome(
      configuration: configuration, isInterrupted: tables.count < parts.count, tables: tables)
  }

  /// Fails unless a name can be that of a run and of its folder.
  ///
  /// - Parameter name: What was typed.
  /// - Throws: `InputError` saying which names are possible.
  public static func checkName(_ name: String) throws {
    let isPlain = name.unicodeScalars.allSatisfy { scalar in
      scalar.properties.isAlphabetic || scalar.properties.numericType != nil || "-_.".unicodeScalars.contains(scalar)
    }
    guard isPlain, (1...100).contains(name.utf8.count), !name.hasPrefix("."), !name.hasPrefix("-") else {
      throw InputError(
        "--name", "'\(name)' cannot name a run",
        remedy: "Expected 1 to 100 letters, digits, '-', '_' and '.', beginning with a letter, a digit or '_'.")
    }
  }
}
