public import Foundation

/// Values as JSON documents for people and programs.
public enum JSONText {
  /// Writes a value as one document, indented, its keys sorted.
  ///
  /// JSON has no numbers that are not finite: they become the strings `"NaN"`, `"Infinity"` and `"-Infinity"`.
  ///
  /// - Parameter value: What is written.
  /// - Returns: The document, without a line's end.
  /// - Throws: What the value throws when it is encoded.
  public static func encode(_ value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    encoder.nonConformingFloatEncodingStrategy = .convertToString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// Reads what ``encode(_:)`` has written, numbers bit by bit.
  public static var decoder: JSONDecoder {
    let decoder = JSONDecoder()
    decoder.nonConformingFloatDecodingStrategy = .convertFromString(
      positiveInfinity: "Infinity", negativeInfinity: "-Infinity", nan: "NaN")
    return decoder
  }
}
