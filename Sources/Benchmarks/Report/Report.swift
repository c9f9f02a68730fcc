import Formats
import Foundation

/// Prints results as they come: a table on standard output, or one JSON document at the end.
struct Report {
  let machine: Machine
  let json: Bool

  private static let columns: [(title: String, width: Int)] = [
    ("work", 18), ("fastest peer", 31), ("peer ms", 9), ("ours ms", 9), ("ratio", 7), ("min…max", 13),
    ("others", 6), ("difference", 10),
  ]

  func begin() {
    guard !json else { return }
    print(machine.summary)
    for name in machine.absent { print("\(name) is absent: the ratios are against the other peers alone.") }
    print("The ratio is the peer's time over ours: above 1 we are faster.\n")
    line(Self.columns.map(\.title) + ["ours"])
    line(Self.columns.map { String(repeating: "─", count: $0.width) } + ["────"])
  }

  func add(_ result: DuelResult) {
    for candidate in result.candidates {
      if let failure = candidate.failure { note("\(result.work): \(candidate.name) failed: \(failure)") }
    }
    guard !json else {
      note("\(result.work) is measured")
      return
    }
    line([result.work] + cells(of: result) + [difference(of: result), result.remark])
  }

  func finish(_ results: [DuelResult]) throws {
    guard json else {
      if results.contains(where: { !$0.isQuiet }) {
        print("\n! Other programs took more than 10 % of the processors meanwhile: measure again on a quiet machine.")
      }
      return
    }
    print(try JSONText.encode(Document(machine: machine, results: results)))
  }

  private struct Document: Encodable {
    let machine: Machine
    let results: [DuelResult]
  }

  private func cells(of result: DuelResult) -> [String] {
    guard let comparison = result.comparisons.first else { return ["absent", "–", "–", "–", "–", "–"] }
    let ratios = comparison.pairs.map(\.ratio)
    let (least, most) = (ratios.min() ?? .nan, ratios.max() ?? .nan)
    return [
      comparison.peer, milliseconds(comparison.peerSeconds), milliseconds(comparison.ourSeconds),
      String(format: "%.2f", comparison.ratio), String(format: "%.2f…%.2f", least, most),
      String(format: result.isQuiet ? "%.0f %%" : "! %.0f %%", 100 * result.otherLoad),
    ]
  }

  private func milliseconds(_ seconds: Double) -> String {
    String(format: seconds < 0.01 ? "%.3f" : "%.1f", 1000 * seconds)
  }

  private func difference(of result: DuelResult) -> String {
    guard let difference = result.difference else { return "–" }
    return String(format: result.agrees ? "%.0e" : "%.0e WRONG", difference)
  }

  private func line(_ cells: [String]) {
    let padded = zip(cells, Self.columns).enumerated().map { index, pair in
      let space = String(repeating: " ", count: max(0, pair.1.width - pair.0.count))
      return index < 2 ? pair.0 + space : space + pair.0
    }
    print((padded + [cells.last ?? ""]).joined(separator: "  "))
    fflush(nil)
  }

  private func note(_ text: String) { FileHandle.standardError.write(Data("\(text)\n".utf8)) }
}
