/// A table in plain text: a header, a rule, rows; columns as wide as their widest cell.
public struct TextTable: Sendable {
  /// Where the text of a column stands.
  public enum Alignment: Sendable {
    /// Words.
    case left
    /// Numbers.
    case right
  }

  private let header: [String]
  private let alignments: [Alignment]
  private var rows: [[String]] = []

  /// Creates a table without rows.
  ///
  /// - Parameter columns: The title and the alignment of each column.
  public init(_ columns: [(title: String, alignment: Alignment)]) {
    header = columns.map(\.title)
    alignments = columns.map(\.alignment)
  }

  /// Adds a row with a cell for each column.
  public mutating func append(_ row: [String]) {
    precondition(row.count == header.count, "expected \(header.count) cells, got \(row.count)")
    rows.append(row)
  }

  /// The lines of the table, without trailing spaces.
  public var lines: [String] {
    let widths = header.indices.map { column in ([header] + rows).map { $0[column].count }.max() ?? 0 }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return ([header, rule] + rows).map { row in
      zip(row, zip(widths, alignments)).map { cell, layout in Self.pad(cell, to: layout.0, layout.1) }
        .joined(separator: "  ").trimmingTrailingSpaces
    }
  }

  private static func pad(_ text: String, to width: Int, _ alignment: Alignment) -> String {
    let space = String(repeating: " ", count: max(0, width - text.count))
    return alignment == .left ? text + space : space + text
  }
}

extension Int {
  /// The digits in groups of three: `9,999`.
  public var groupedDigits: String {
    let digits = Array(String(self))
    return String(
      digits.enumerated().flatMap { index, digit in
        index > 0 && (digits.count - index) % 3 == 0 ? [",", digit] : [digit]
      })
  }
}

extension String {
  fileprivate var trimmingTrailingSpaces: String {
    String(self[..<(lastIndex { $0 != " " }.map(index(after:)) ?? startIndex)])
  }
}
