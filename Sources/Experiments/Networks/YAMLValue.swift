import Foundation
import Tensors
import Yams

/// A piece of a YAML file that knows where it is, so that a mistake can be said with line and column.
struct YAMLValue: Sendable {
  private enum Content {
    case text(String, isTrue: Bool?)
    case list([YAMLValue])
    case mapping([(name: YAMLValue, value: YAMLValue)])
  }

  private let content: Content
  private let path: String
  private let line: Int
  private let column: Int

  /// Reads the text of a file.
  ///
  /// - Parameters:
  ///   - text: What the file says.
  ///   - path: The file, for errors, and for paths that start from its folder.
  /// - Throws: `InputError` where it is not YAML.
  init(_ text: String, path: String) throws {
    do {
      guard let node = try Yams.compose(yaml: text) else { throw InputError(path, "is empty, expected a network") }
      self.init(node, path)
    } catch let error as YamlError {
      throw Self.syntaxError(error, path)
    }
  }

  private init(_ node: Node, _ path: String) {
    self.path = path
    (line, column) = (node.mark?.line ?? 1, node.mark?.column ?? 1)
    switch node {
    case .scalar(let scalar): content = .text(scalar.string, isTrue: node.bool)
    case .sequence(let sequence): content = .list(sequence.map { YAMLValue($0, path) })
    case .mapping(let mapping):
      content = .mapping(mapping.map { (YAMLValue($0.key, path), YAMLValue($0.value, path)) })
    case .alias: content = .text("", isTrue: nil)
    }
  }

  private static func syntaxError(_ error: YamlError, _ path: String) -> InputError {
    switch error {
    case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
      .composer(_, let problem, let mark, _):
      InputError("\(path):\(mark.line):\(mark.column)", "is not valid YAML: \(problem)")
    case .duplicatedKeysInMapping(let keys, let context):
      InputError(
        "\(path):\(context.mark.line):\(context.mark.column)",
        "the name \(keys.map { "'\($0)'" }.joined(separator: ", ")) stands twice in one mapping")
    default: InputError(path, "is not valid YAML: \(error)")
    }
  }

  /// `file:line:column`.
  var place: String { "\(path):\(line):\(column)" }

  /// The folder of the file, which relative paths in it start from.
  var folder: URL { URL(fileURLWithPath: path).deletingLastPathComponent() }

  /// An error at this place.
  func error(_ problem: String, remedy: String? = nil) -> InputError { InputError(place, problem, remedy: remedy) }

  /// Adds this place to an error that has none.
  func placing(_ error: InputError) -> InputError {
    error.description.hasPrefix("\(path):") ? error : InputError(place, error.description)
  }

  /// The text of a single value; `nil` for a list or a mapping.
  var text: String? { if case .text(let text, _) = content { text } else { nil } }

  /// The values of a list; `nil` for anything else.
  var list: [YAMLValue]? { if case .list(let values) = content { values } else { nil } }

  /// Names and values of a mapping, each name once; `nil` for anything else.
  var members: [(name: YAMLValue, value: YAMLValue)]? {
    if case .mapping(let members) = content { members } else { nil }
  }

  /// What it is, for errors.
  var kind: String {
    switch content {
    case .text(let text, _): text.isEmpty ? "nothing" : "'\(text)'"
    case .list: "a list"
    case .mapping: "a mapping"
    }
  }

  /// A whole number.
  func integer(in range: ClosedRange<Int>) throws -> Int {
    guard let value = text.flatMap({ Int($0) }), range.contains(value) else {
      throw error("expected a whole number \(Self.words(range)), found \(kind)")
    }
    return value
  }

  /// A number.
  func number(in range: ClosedRange<Double>) throws -> Double {
    guard let value = text.flatMap({ Double($0) }), range.contains(value) else {
      throw error("expected a number from \(range.lowerBound) to \(range.upperBound), found \(kind)")
    }
    return value
  }

  /// A truth value, in any of YAML's spellings.
  func flag() throws -> Bool {
    guard case .text(_, let isTrue) = content, let value = isTrue else {
      throw error("expected true or false, found \(kind)")
    }
    return value
  }

  /// One of several words.
  func word(among accepted: [String], _ what: String) throws -> String {
    guard let word = text else { throw error("expected \(what), found \(kind)") }
    guard accepted.contains(word) else {
      throw placing(Suggestion.unknown(word, kind: what, accepted: accepted))
    }
    return word
  }

  private static func words(_ range: ClosedRange<Int>) -> String {
    range.upperBound == .max ? "of at least \(range.lowerBound)" : "from \(range.lowerBound) to \(range.upperBound)"
  }
}
