import Formats
import Foundation
import Tensors
import Yams

/// A YAML file given with `--config`: a mapping from the names of options to their values.
///
/// Each entry becomes the option of that name, unless the command line has it too; so both are checked by one parser. A
/// list becomes several values; a truth value, in any of YAML's spellings, sets a flag or leaves it out; so do `null` and an
/// empty list leave the option out. `compare --resume RUN` takes the file of that run where no other is named.
struct ConfigurationFile {
  /// The command line with `--config FILE` replaced by the options that the file holds.
  let arguments: [String]

  private let path: String
  private let commandLine: [String]
  private let entries: [Entry]

  private struct Entry {
    let name: String
    let values: [String]
    let isFlag: Bool
    let place: String

    var arguments: [String] { isFlag || !values.isEmpty ? ["--\(name)"] + values : [] }
  }

  /// Reads the file that the command line names; `nil` where it names none.
  init?(namedIn commandLine: [String]) throws {
    guard let (path, rest) = Self.extractPath(commandLine) ?? Self.resumedRun(commandLine) else { return nil }
    entries = try Self.read(path).filter { !Self.mentions($0.name, in: rest) }
    self.path = path
    self.commandLine = rest
    let end = rest.firstIndex(of: "--") ?? rest.endIndex
    arguments = Array(rest[..<end]) + entries.flatMap(\.arguments) + Array(rest[end...])
  }

  /// Where a message about wrong usage comes from: the place of an entry, or the file; `nil` for the command line.
  ///
  /// A message speaks of an entry, or of the command line, when it has the name of the option or a quoted value.
  func place(of message: String) -> String? {
    let options = Set(message.split { !($0.isLetter || $0.isNumber || $0 == "-") })
    func quotes(_ words: [String]) -> Bool {
      words.contains { word in ([word[...]] + word.split(separator: ",")).contains { message.contains("'\($0)'") } }
    }
    if let entry = entries.first(where: { options.contains("--\($0.name)") }) { return entry.place }
    let typed = commandLine.flatMap { $0.split(separator: "=", maxSplits: 1) }
    if typed.contains(where: { $0.hasPrefix("--") && options.contains($0) }) || quotes(typed.map(String.init)) {
      return nil
    }
    return entries.first { quotes($0.values) }?.place ?? path
  }

  private static func read(_ path: String) throws -> [Entry] {
    let bytes = try ByteSource(URL(fileURLWithPath: path)).allBytes()
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw InputError(path, "is not text in UTF-8", remedy: "--config takes a YAML file in UTF-8.")
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
    let option = name.replacing("_", with: "-")
    if value.null != nil || value.bool == false { return nil }
    if value.bool == true { return Entry(name: option, values: [], isFlag: true, place: place) }
    let values = value.sequence.map(Array.init) ?? [value]
    let words = values.compactMap { $0.scalar?.string }
    guard words.count == values.count else {
      throw InputError(place, "expected a value or a list of values for '\(name)', found a nested structure")
    }
    return Entry(name: option, values: words, isFlag: false, place: place)
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

  /// The configuration of the run that is to be resumed, where there is one.
  private static func resumedRun(_ arguments: [String]) -> (path: String, rest: [String])? {
    guard arguments.first == Compare._commandName, let run = value(of: "--resume", in: arguments) else { return nil }
    let folder = value(of: "--output", in: arguments) ?? Compare.defaultOutput
    let path = "\(folder)/\((run as NSString).lastPathComponent)/config.yaml"
    return FileManager.default.fileExists(atPath: path) ? (path, arguments) : nil
  }

  private static func value(of option: String, in arguments: [String]) -> String? {
    let end = arguments.firstIndex(of: "--") ?? arguments.endIndex
    if let index = arguments[..<end].firstIndex(of: option), index + 1 < end { return arguments[index + 1] }
    return arguments[..<end].first { $0.hasPrefix("\(option)=") }.map { String($0.dropFirst(option.count + 1)) }
  }

  private static func mentions(_ name: String, in arguments: [String]) -> Bool {
    arguments.contains { $0 == "--\(name)" || $0.hasPrefix("--\(name)=") || $0 == "--no-\(name)" }
  }
}
