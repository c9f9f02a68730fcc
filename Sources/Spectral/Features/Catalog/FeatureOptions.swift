internal import Tensors

/// The options of a feature map's name, by key.
struct FeatureOptions: Sendable {
  private let text: String
  private let values: [String: String]

  /// Assigns words to keys: `KEY=VALUE`, or values in the order of the keys; those taken out before are named in errors.
  init(_ text: String, _ words: some Collection<String>, keys: [String], taken: [String] = []) throws {
    self.text = text
    let all = keys + taken
    var values: [String: String] = [:]
    for (place, word) in words.enumerated() {
      let parts = word.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
      guard parts.count == 2 || place < keys.count else {
        throw Self.error(text, "'\(word)' is one option too many", accepted: all)
      }
      let key = parts.count == 2 ? parts[0] : keys[place]
      guard keys.contains(key) else {
        guard !all.isEmpty else { throw Self.error(text, "'\(word)' is one option too many", accepted: all) }
        throw Suggestion.unknown(key, kind: "option of '\(text)'", accepted: all)
      }
      guard values.updateValue(parts[parts.count - 1], forKey: key) == nil else {
        throw Self.error(text, "the option '\(key)' is given twice", accepted: all)
      }
    }
    self.values = values
  }

  /// A whole number.
  func integer(_ key: String) throws -> Int? {
    guard let value = values[key] else { return nil }
    guard let number = Int(value) else { throw unexpected(value, for: key, expected: "a whole number") }
    return number
  }

  /// A number.
  func number(_ key: String) throws -> Double? {
    guard let value = values[key] else { return nil }
    guard let number = Double(value) else { throw unexpected(value, for: key, expected: "a number") }
    return number
  }

  /// A size such as `5x5`, or `5` for the same.
  func size(_ key: String) throws -> ImageSize? {
    guard let value = values[key] else { return nil }
    if let side = Int(value), side >= 1 { return ImageSize(side, side) }
    do { return try ImageSize(parsing: value) } catch {
      throw unexpected(value, for: key, expected: "a size such as 5x5")
    }
  }

  /// A word.
  func word(_ key: String) -> String? { values[key] }

  /// One of a list of words.
  func choice<Choice: RawRepresentable & CaseIterable>(_ key: String) throws -> Choice?
  where Choice.RawValue == String {
    guard let value = values[key] else { return nil }
    guard let choice = Choice(rawValue: value) else {
      throw Suggestion.unknown(value, kind: "\(key) in '\(text)'", accepted: Choice.allCases.map(\.rawValue))
    }
    return choice
  }

  private func unexpected(_ value: String, for key: String, expected: String) -> InputError {
    InputError("feature map '\(text)'", "expected \(expected) for \(key), got '\(value)'")
  }

  private static func error(_ text: String, _ problem: String, accepted keys: [String]) -> InputError {
    InputError(
      "feature map '\(text)'", problem,
      remedy: keys.isEmpty ? "It has no options." : "Its options are \(keys.joined(separator: ", ")).")
  }
}
