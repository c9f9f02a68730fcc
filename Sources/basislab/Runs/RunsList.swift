import ArgumentParser
import Experiments
import Foundation

/// `basislab runs list`: one line for each table of each run.
struct RunsList: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "list", abstract: "List the runs, the newest first.",
    discussion: """
      Each data set of a run has a line with its best fixed and its best learned model by validation score, and the
      lead of the learned one on test images with its 95 % interval.
      """)

  @Option(help: "Only runs on this data set.")
  var dataset: String?

  @Option(help: "Only runs with this model.")
  var model: String?

  @Option(help: "Only runs that are finished, running or unfinished.")
  var state: Run.State?

  @Option(help: "At most so many runs.")
  var limit: Int?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    if let limit { try Usage.require(limit, in: 1...1_000_000, "--limit", "runs") }
  }

  func execute() throws {
    let runs = Array(try store.open().runs().filter(isWanted).prefix(limit ?? .max))
    if json { return try Console.resultJSON(runs) }
    guard !runs.isEmpty else {
      if !common.quiet { Console.note("no runs") }
      return
    }
    var table = TextTable([
      ("run", .left), ("begun", .left), ("state", .left), ("data", .left), ("best fixed", .left),
      ("best learned", .left), ("learned − fixed", .left),
    ])
    for run in runs { for row in rows(run) { table.append(row) } }
    try table.lines.forEach(Console.result)
  }

  private func isWanted(_ run: Run) -> Bool {
    (state ?? run.state) == run.state && run.modelNames.contains { $0 == model ?? $0 }
      && run.parts.contains { [$0.label, $0.dataset.name].contains(dataset ?? $0.label) }
  }

  private func rows(_ run: Run) -> [[String]] {
    run.parts.enumerated().map { index, part in
      let table = part.table
      return [
        index == 0 ? run.name : "", index == 0 ? Self.localTime(run.started) : "", index == 0 ? run.state.rawValue : "",
        part.label, table?.bestFixed ?? "–", table?.bestLearned ?? "–",
        table.flatMap { table in
          table.difference.map { ComparisonTable.interval($0.difference, table.family) }
        } ?? "–",
      ]
    }
  }

  private static func localTime(_ text: String) -> String {
    guard let date = ISO8601DateFormatter().date(from: text) else { return text }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_US_POSIX")
    formatter.dateFormat = "yyyy-MM-dd HH:mm"
    return formatter.string(from: date)
  }
}
