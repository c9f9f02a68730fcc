import Foundation

/// An option that two configurations set differently.
public struct ConfigurationChange: Sendable, CustomStringConvertible {
  /// The option, without its hyphens.
  public let option: String
  /// The value of the first configuration.
  public let before: String
  /// The value of the second configuration.
  public let after: String

  /// What is said of the change.
  public var description: String { "--\(option) was \(before) and is \(after)" }

  /// All options that differ, by name, and the networks of which the file has changed.
  public static func between(
    _ first: ComparisonConfiguration, _ second: ComparisonConfiguration
  ) -> [ConfigurationChange] {
    let (before, after) = (values(first).mapValues(text), values(second).mapValues(text))
    let options = Set(before.keys).union(after.keys).sorted().compactMap { option -> ConfigurationChange? in
      let (old, new) = (before[option] ?? "not set", after[option] ?? "not set")
      return old == new ? nil : ConfigurationChange(option: option, before: old, after: new)
    }
    return options + networks(first.networks ?? [], second.networks ?? [])
  }

  private static func networks(_ before: [NetworkDescription], _ after: [NetworkDescription]) -> [ConfigurationChange] {
    before.compactMap { old in
      guard let new = after.first(where: { $0.path == old.path }), new.checksum != old.checksum else { return nil }
      return ConfigurationChange(
        option: "models", before: "\(old.path) with checksum \(old.checksum)",
        after: "\(new.path) with checksum \(new.checksum)")
    }
  }

  /// The options of a configuration that another one sets differently, by name, each with its words.
  static func values(
    of configuration: ComparisonConfiguration, differingFrom other: ComparisonConfiguration
  ) -> [(option: String, words: [String])] {
    let changed = Set(between(other, configuration).map(\.option))
    return values(configuration).filter { changed.contains($0.key) }.sorted { $0.key < $1.key }
      .map { (option: $0.key, words: $0.value) }
  }

  private static func text(_ words: [String]) -> String { words.isEmpty ? "not set" : words.joined(separator: ",") }

  /// Each option as words.
  private static func values(_ configuration: ComparisonConfiguration) -> [String: [String]] {
    guard let data = try? JSONEncoder().encode(configuration.options),
      let values = try? JSONDecoder().decode([String: Value].self, from: data)
    else { preconditionFailure("expected a configuration of numbers and words, got \(configuration)") }
    return values.mapValues(\.words)
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

    var words: [String] {
      switch self {
      case .word(let word): [word]
      case .list(let list): list.flatMap(\.words)
      }
    }
  }
}
