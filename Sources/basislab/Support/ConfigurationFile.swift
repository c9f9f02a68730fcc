import Foundation
import Tensors
import Yams

/// A YAML file given with `--config`: a mapping from the names of options to their values.
///
/// Each entry becomes the option of that name, unless the command line has it too; so both are checked by one parser.
enum ConfigurationFile {
  /// The arguments with `--config FILE` replaced by the options that the file holds.
  ///
  /// A list becomes several values, `true` a flag, `false` and `null` leave the option out.
  static func expandingArguments(_ arguments: [String]) throws -> [String] {
    guard let (path, rest) = try extractPath(arguments) else { return arguments }
    let entries = try read(path)
    let additions = entries.filter { !mentions($0.name, in: rest) }.flatMap(\.arguments)
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    return Array(rest[..<end]) + additions + Array(rest[end...])
  }

  struct Entry: Equatable {
    let name: String
    let values: [String]
    var arguments: [String] { values == ["false"] ? [] : ["--\(name)"] + (values == ["true"] ? [] : values) }
  }

  static func read(_ path: String) throws -> [Entry] {
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
    return Entry(name: name.replacingOccurrences(of: "_", with: "-"), values: words)
  }

  private static func extractPath(_ arguments: [String]) throws -> (path: String, rest: [String])? {
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
