import Foundation
import Tensors
import Yams

/// A YAML file given with `--config`: a mapping from the names of options to their values.
///
/// Each entry becomes the option of that name, unless the command line has it too; so both are checked by one parser. A
/// list becomes several values, `true` a flag; `false`, `null` and an empty list leave the option out.
struct ConfigurationFile {
  /// The command line with `--config FILE` replaced by the options that the file holds.
  let arguments: [String]

  private let entries: [Entry]

  private struct Entry {
    let name: String
    let values: [String]
    let place: String
    var arguments: [String] {
      values.isEmpty || values == ["false"] ? [] : ["--\(name)"] + (values == ["true"] ? [] : values)
    }
  }

  /// Reads the file that the command line names; `nil` where it names none.
  init?(namedIn commandLine: [String]) throws {
    guard let (path, rest) = Self.extractPath(commandLine) else { return nil }
    entries = try Self.read(path).filter { !Self.mentions($0.name, in: rest) }
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    arguments = Array(rest[..<end]) + entries.flatMap(\.arguments) + Array(rest[end...])
  }

  /// The file, line and column of the entry that a message speaks of.
  func place(of message: String) -> String? { entries.first { message.contains("--\($0.name)") }?.place }

  private static func read(_ path: String) throws -> [Entry] {
    guard let data = FileManager.default.contents(atPath: path), let text = String(data: data, encoding: .utf8) else {
      throw InputError(path, "cannot be read as a configuration", remedy: "--config takes a YAML file in UTF-8.")
    }
    let node: Node?
    do { node = try Yams.compose(yaml: text) } catch { throw InputError(path, "is not valid YAML: \(error)") }
    guard let node, let mapping = node.mapping else {
      throw InputError(path, "expected a mapping of option names to values", remedy: "Example: 'splits: 10'.")
    }
    return try mapping.compactMap { key, value in try entry(key, value, path: path) }
  }

  private static func entry(_ key: Node, _ value: Node, path: String) throws -> Entry? {
    let place = "\(path):\(key.mark?.line ?? 0):\(key.mark?.column ?? 0)"
    guard let name = key.string, !name.isEmpty, name != "config" else {
      throw InputError(place, "expected the name of an option, such as 'splits'")
    }
    if value.null != nil { return nil }
    let values = value.sequence.map(Array.init) ?? [value]
    let words = values.compactMap { $0.scalar?.string }
    guard words.count == values.count else {
      throw InputError(place, "expected a value or a list of values for '\(name)', found a nested structure")
    }
    return Entry(name: name.replacing("_", with: "-"), values: words, place: place)
  }

  private static func extractPath(_ arguments: [String]) -> (path: String, rest: [String])? {
    if let index = arguments.firstIndex(of: "--config"), index + 1 < arguments.count {
      return (arguments[index + 1], Array(arguments[..<index] + arguments[(index + 2)...]))
    }
    if let index = arguments.firstIndex(where: { $0.hasPrefix("--config=") }) {
      let path = String(arguments[index].dropFirst("--config=".count))
      return (path, Array(arguments[..<index] + arguments[(index + 1)...]))
    }
    return nil
  }

  private static func mentions(_ name: String, in arguments: [String]) -> Bool {
    arguments.contains { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") || $0 == "--no-\(name)" }
  }
}
