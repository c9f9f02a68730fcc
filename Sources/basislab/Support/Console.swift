import Foundation

/// The two streams of the command: data on standard output, everything else on standard error.
enum Console {
  /// Whether a person watches standard error.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Writes a line to standard error.
  static func note(_ line: String) { write(line + "\n", to: .standardError) }

  /// Writes a line of the result to standard output.
  static func result(_ line: String) { write(line + "\n", to: .standardOutput) }

  /// Writes a value to standard output as one JSON document.
  static func resultJSON(_ value: some Encodable) throws {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    result(String(decoding: try encoder.encode(value), as: UTF8.self))
  }

  /// Writes text to standard error as it is, without a line's end.
  static func status(_ text: String) { write(text, to: .standardError) }

  private static func write(_ text: String, to handle: FileHandle) { try? handle.write(contentsOf: Data(text.utf8)) }
}
