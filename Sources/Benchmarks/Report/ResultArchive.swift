import Formats
import Foundation

/// The results that are kept beside the sources: `speed.jsonl` for programs, `speed.md` for people.
///
/// A new result takes the place of an older one of the same work. Results of another machine, or with other versions of
/// the libraries, are not kept beside new ones.
struct ResultArchive {
  private let machine: Machine
  private var results: [DuelResult] = []

  /// Reads what a folder holds of the same machine.
  init(in folder: URL, for machine: Machine) throws {
    self.machine = machine
    let lines = (try? String(contentsOf: Self.records(folder), encoding: .utf8))?.split(separator: "\n") ?? []
    guard let first = lines.first,
      try JSONDecoder().decode(Machine.self, from: Data(first.utf8)) == machine
    else { return }
    results = try lines.dropFirst().map { try JSONDecoder().decode(DuelResult.self, from: Data($0.utf8)) }
  }

  /// Takes a new result.
  mutating func add(_ result: DuelResult) {
    results.removeAll { $0.work == result.work }
    results.append(result)
  }

  /// Writes both files, the works in the order of the catalog.
  func write(to folder: URL) throws {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let ordered = WorkCatalog.groups.flatMap { results(of: $0) }
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    let records = try [encoder.encode(machine)] + ordered.map { try encoder.encode($0) }
    try AtomicFile.write(Data(records.joined(separator: Data("\n".utf8)) + Data("\n".utf8)), to: Self.records(folder))
    try AtomicFile.write(Data(markdown.utf8), to: folder.appending(path: "speed.md"))
  }

  private static func records(_ folder: URL) -> URL { folder.appending(path: "speed.jsonl") }

  private func results(of group: WorkGroup) -> [DuelResult] {
    group.works.compactMap { work in results.first { $0.work == work.name } }
  }

  private var markdown: String {
    let summaries = WorkCatalog.groups.compactMap { GroupSummary($0, results) }
    var lines = [
      "# Speed", "", "Written by `make bench BENCH_FLAGS=\"--save Sources/Benchmarks/Results\"`.", "",
      machine.summary + ".", "",
      "A ratio is the time of the fastest peer over ours, the median over pairs of turns; above 1 we are faster.", "",
      "| \(GroupSummary.titles.joined(separator: " | ")) |", "| --- | --: | --: | --: | --- | --- |",
    ]
    lines += summaries.map { "| \($0.cells.joined(separator: " | ")) |" }
    for group in WorkCatalog.groups where !results(of: group).isEmpty {
      lines += ["", "## \(group.title)", ""] + ResultTable.markdown(results(of: group))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
