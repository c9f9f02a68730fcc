import Foundation
import TestSupport
import Testing

@Suite struct RunsCommandTests {
  private static let design = [
    "compare", "--models", "majority", "haar:16", "log-fourier", "mlp", "--no-controls", "--splits", "2",
    "--trials", "2", "--epochs", "2", "--count", "200", "--quiet",
  ]

  @Test func aRunIsListedShownAndCompared() throws {
    try Places.withTemporaryFolder { folder in
      let printed = try Command.run(Self.design + ["--dataset", "ramps", "--name", "a"], in: folder)
      let second = Self.design + ["--dataset", "motifs", "ramps", "--seed", "2", "--name", "b"]
      #expect(try printed.status == 0 && Command.run(second, in: folder).status == 0, "\(printed.errors)")

      #expect(try Command.run(["runs", "show", "a"], in: folder).output == printed.output)
      #expect(try Command.run(["runs", "show", "runs/a"], in: folder).output == printed.output)
      let document = try String(contentsOf: folder.appendingPathComponent("runs/b/results.json"), encoding: .utf8)
      #expect(try Command.run(["runs", "show", "--json"], in: folder).output == document)

      let lines = try Command.run(["runs", "list"], in: folder).output.split(separator: "\n")
      #expect(lines.count == 2 + 3 && lines[2].hasPrefix("b ") && lines[4].hasPrefix("a "))
      for (filter, names) in [
        (["--dataset", "motifs"], ["b"]), (["--limit", "1"], ["b"]), (["--model", "cnn"], []),
        (["--state", "unfinished"], []), (["--model", "mlp"], ["b", "a"]),
      ] { #expect(try list(filter, folder) == names, "\(filter)") }

      let comparison = try Command.run(["runs", "compare", "a", "b"], in: folder)
      #expect(comparison.output.contains("--seed was 1 and is 2"), "\(comparison.output)")
      #expect(comparison.output.contains("ramps (not the same images)"))
      #expect(comparison.output.split(separator: "\n").contains { $0.hasPrefix("haar:16") })
    }
  }

  @Test func aReportIsWrittenInEveryFormat() throws {
    try Places.withTemporaryFolder { folder in
      #expect(try Command.run(Self.design + ["--dataset", "ramps"], in: folder).status == 0)
      for (options, file, start) in [
        ([], "report.html", "<!DOCTYPE html>"), (["--output", "a.md"], "a.md", "# How far"),
        (["--output", "b", "--format", "latex"], "b", "% Tables of"),
      ] {
        let run = try Command.run(["runs", "report"] + options, in: folder)
        #expect(run.status == 0 && run.output.isEmpty, "\(run.errors)")
        #expect(try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8).hasPrefix(start))
      }
      let wrong = try Command.run(["runs", "report", "--output", "a.pdf"], in: folder)
      #expect(wrong.status == 2 && wrong.errors.contains(".html, .md or .tex"), "\(wrong.errors)")
    }
  }

  @Test func theStoreShowsEveryLookAtTestImages() throws {
    try Places.withTemporaryFolder { folder in
      try makeOfficialSplit(folder)
      let design = [
        "compare", "--dataset", "official.npz", "--models", "haar:16", "pixels", "mlp", "--splits", "3", "--trials",
        "2", "--epochs", "4", "--no-controls",
      ]
      let run = try Command.run(design, in: folder)
      let words = run.output.split { $0.isWhitespace }.joined(separator: " ")
      #expect(run.status == 0 && words.contains("exact McNemar test, p "), "\(run.output)\(run.errors)")
      let shown = try Command.run(["runs", "show", "--evaluations"], in: folder).output.split(separator: "\n")
      let tests = shown.filter { $0.contains(" test ") }
      #expect(tests.count == 3 * 3 + 3)
      #expect(tests.count { $0.contains("McNemar's test of the chosen setting") } == 3)
      #expect(tests.allSatisfy { $0.contains("McNemar") ? $0.contains(" 1  ") : $0.contains("score of the chosen") })
    }
  }

  @Test(arguments: [
    (["runs", "list"], 1, "there is no store of runs here"), (["runs", "list", "--state", "done"], 2, "--state"),
    (["compare", "--name", "../a"], 2, "cannot name a run"), (["compare", "--name", ""], 2, "cannot name a run"),
    (["compare", "--resume", "x"], 1, "there is no store"), (["compare", "--resume", "x", "--name", "y"], 2, "--name"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(arguments, in: folder)
      #expect(run.status == status && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  private func list(_ filter: [String], _ folder: URL) throws -> [String] {
    let text = try Command.run(["runs", "list", "--json"] + filter, in: folder).output
    let runs = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    return runs.compactMap { $0["name"] as? String }
  }

  /// Two families' images as a file with an official test part.
  private func makeOfficialSplit(_ folder: URL) throws {
    let made = try Command.run(["data", "make", "ramps", "--count", "300", "--output", "all.npz"], in: folder)
    #expect(made.status == 0, "\(made.errors)")
    try OfficialSplit.write(
      folder.appendingPathComponent("all.npz"), testCount: 80, to: folder.appendingPathComponent("official.npz"))
  }
}
