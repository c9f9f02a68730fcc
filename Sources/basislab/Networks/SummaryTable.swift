import Experiments
import NeuralNetworks

/// The table of a network as plain text.
enum SummaryTable {
  static func lines(_ summary: NetworkSummary) -> [String] {
    var table = TextTable([
      ("layer", .left), ("", .left), ("output", .left), ("parameters", .right), ("links", .right),
      ("operations", .right), ("direct", .right), ("Fourier", .right), ("method", .left), ("sees", .left),
      ("start", .right), ("jump", .right), ("output B", .right),
    ])
    table.append(
      [
        "", "input", shape(summary.inputShape), "", "", "", "", "", "", "", "", "",
        (4 * summary.inputShape.reduce(1, *)).groupedDigits,
      ])
    for row in summary.rows { table.append(cells(row)) }
    return table.lines + [""] + totals(summary.totals)
  }

  private static func cells(_ row: NetworkSummary.Row) -> [String] {
    let isFrozen = row.frozenParameters > 0 && row.parameters == 0
    let parameters = isFrozen ? "(\(row.frozenParameters.groupedDigits))" : number(row.parameters)
    let operations = row.operations
    return [
      row.key, row.layer + (isFrozen ? " frozen" : ""), shape(row.outputShape), parameters, number(row.links),
      number(operations.chosen), number(operations.direct), operations.fourier.map(number) ?? "", row.method ?? "",
      both(row.receptiveRows?.size, row.receptiveColumns?.size),
      both(row.receptiveRows?.start, row.receptiveColumns?.start, ","),
      both(row.receptiveRows?.jump, row.receptiveColumns?.jump, ","), row.outputBytes.groupedDigits,
    ]
  }

  private static func totals(_ totals: NetworkSummary.Totals) -> [String] {
    let frozen = totals.frozenParameters == 0 ? "" : ", and \(totals.frozenParameters.groupedDigits) frozen"
    let fourier = totals.operations.fourier.map { ", \($0.groupedDigits) in the Fourier domain" } ?? ""
    return [
      "parameters  \(totals.parameters.groupedDigits)\(frozen)",
      "links       \(totals.links.groupedDigits)",
      "operations  \(totals.operations.chosen.groupedDigits); direct \(totals.operations.direct.groupedDigits)\(fourier)",
      "memory      \(totals.weightBytes.groupedDigits) B of weights, \(totals.outputBytes.groupedDigits) B of outputs per image",
    ]
  }

  private static func shape(_ sizes: [Int]) -> String { sizes.map(String.init).joined(separator: "×") }

  private static func both(_ rows: Int?, _ columns: Int?, _ separator: String = "×") -> String {
    guard let rows, let columns else { return "" }
    return rows == columns && separator == "," ? "\(rows)" : "\(rows)\(separator)\(columns)"
  }

  private static func number(_ value: Int) -> String { value == 0 ? "" : value.groupedDigits }
}
