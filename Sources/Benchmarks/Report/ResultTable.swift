import Foundation

/// One row per work, for the terminal and for Markdown.
enum ResultTable {
  static let columns: [(title: String, width: Int)] = [
    ("work", 21), ("fastest peer", 31), ("peer ms", 9), ("ours ms", 9), ("ratio", 7), ("min…max", 13),
    ("others", 6), ("difference", 10), ("remarks", 7),
  ]

  /// The cells of a work's row.
  static func cells(of result: DuelResult) -> [String] {
    guard let comparison = result.comparisons.first else {
      return [
        result.work, "absent", "–", "–", "–", "–", "–", difference(of: result),
        remarks(on: result).joined(separator: ", "),
      ]
    }
    let spread = comparison.spread
    return [
      result.work, comparison.peer, milliseconds(comparison.peerSeconds), milliseconds(comparison.ourSeconds),
      String(format: "%.2f", comparison.ratio), String(format: "%.2f…%.2f", spread.least, spread.most),
      String(format: result.isQuiet ? "%.0f %%" : "! %.0f %%", 100 * result.otherLoad), difference(of: result),
      remarks(on: result).joined(separator: ", "),
    ]
  }

  /// What ours says, and the ratios to the other peers that were measured.
  private static func remarks(on result: DuelResult) -> [String] {
    [result.remark, result.overLimit.map { String(format: "%.2f × its limit", $0) } ?? ""].filter { !$0.isEmpty }
      + result.comparisons.dropFirst().map { String(format: "%@ %.2f", $0.peer, $0.ratio) }
  }

  /// A line whose cells are aligned: text to the left, numbers to the right.
  static func line(_ cells: [String]) -> String {
    zip(cells, columns).enumerated().map { index, pair in
      let space = String(repeating: " ", count: max(0, pair.1.width - pair.0.count))
      return isText(index) ? pair.0 + space : space + pair.0
    }.joined(separator: "  ")
  }

  /// The results as a table in Markdown.
  static func markdown(_ results: [DuelResult]) -> [String] {
    let rule = columns.indices.map { isText($0) ? "---" : "--:" }
    return ([columns.map(\.title), rule] + results.map(cells)).map { "| \($0.joined(separator: " | ")) |" }
  }

  private static func isText(_ column: Int) -> Bool { column < 2 || column == columns.count - 1 }

  private static func milliseconds(_ seconds: Double) -> String {
    String(format: seconds < 0.01 ? "%.3f" : "%.1f", 1000 * seconds)
  }

  private static func difference(of result: DuelResult) -> String {
    guard let difference = result.difference else { return "–" }
    return String(format: result.agrees ? "%.0e" : "%.0e WRONG", difference)
  }
}
