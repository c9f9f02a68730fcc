import Formats
import Foundation

/// Prints results as they come: a table on standard output, or one JSON document at the end.
struct Report {
  let machine: Machine
  let json: Bool

  func begin() {
    guard !json else { return }
    print(machine.summary)
    for name in machine.absent { print("\(name) is absent: the ratios are against the other peers alone.") }
    print("The ratio is the peer's time over ours: above 1 we are faster.\n")
    show(ResultTable.columns.map(\.title))
    show(ResultTable.columns.map { String(repeating: "─", count: $0.width) })
  }

  func add(_ result: DuelResult) {
    for candidate in result.candidates {
      if let failure = candidate.failure { note("\(result.work): \(candidate.name) failed: \(failure)") }
    }
    guard !json else {
      note("\(result.work) is measured")
      return
    }
    show(ResultTable.cells(of: result))
  }

  func finish(_ results: [DuelResult]) throws {
    let summaries = WorkCatalog.groups.compactMap { GroupSummary($0, results) }
    guard json else {
      print("\n" + GroupSummary.titles.joined(separator: " | "))
      for summary in summaries { print(summary.cells.joined(separator: " | ")) }
      if results.contains(where: { !$0.isQuiet }) {
        print("\n! Other programs took more than 10 % of the processors meanwhile: measure again on a quiet machine.")
      }
      return
    }
    print(try JSONText.encode(Document(machine: machine, results: results, groups: summaries)))
  }

  private struct Document: Encodable {
    let machine: Machine
    let results: [DuelResult]
    let groups: [GroupSummary]
  }

  private func show(_ cells: [String]) {
    print(ResultTable.line(cells))
    fflush(nil)
  }

  private func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
