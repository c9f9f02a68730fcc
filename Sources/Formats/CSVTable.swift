import Foundation
import Tensors

/// A table of text to be written as comma-separated values.
///
/// Fields are quoted as RFC 4180 says, where they hold a comma, a quote or the end of a line. Lines end with a line feed
/// alone, as pandas writes them (the RFC has carriage return and line feed).
public struct CSVTable: Equatable, Sendable {
  /// The names in the first line.
  public let columns: [String]
  /// The lines that follow, each with one field per column.
  public private(set) var rows: [[String]] = []

  /// Creates a table without rows.
  public init(columns: [String]) {
    precondition(!columns.isEmpty, "expected at least one column, got none")
    self.columns = columns
  }

  /// Appends a row with one field per column.
  public mutating func append(_ row: [String]) {
    precondition(row.count == columns.count, "expected \(columns.count) fields for \(columns), got \(row.count)")
    rows.append(row)
  }

  /// The file's text.
  public var text: String { ([columns] + rows).map { Self.line($0) + "\n" }.joined() }

  /// Writes the table; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(to url: URL) throws { try AtomicFile.write(text, to: url) }

  private static func line(_ fields: [String]) -> String {
    fields == [""] ? "\"\"" : fields.map(quoted).joined(separator: ",")
  }

  private static func quoted(_ field: String) -> String {
    field.utf8.contains { ",\"\n\r".utf8.contains($0) }
      ? "\"" + field.replacing("\"", with: "\"\"") + "\"" : field
  }
}
