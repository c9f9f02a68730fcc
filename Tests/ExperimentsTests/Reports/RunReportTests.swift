import Datasets
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct RunReportTests {
  /// Names that would do harm in a page, a table or a shell if they were inserted as they are.
  private static let hostile = [
    "<script>alert(1)</script>", "\"\u{301} onerror=alert(2) x=\"", "\\input{/etc/passwd}$_%&#^~", "a|b`c`*d*[e](f)",
  ]

  @Test func textIsEscapedInEveryFormat() throws {
    try Places.withTemporaryFolder { folder in
      let report = try Self.report(in: folder, classes: Self.hostile, name: "a<b>&'\"")
      let page = try report.text(.html)
      #expect(!page.contains("<script") && !page.contains("<b>"))
      let scalars = Array(page.unicodeScalars)
      #expect(!scalars.indices.contains { scalars[$0] == "\u{301}" && scalars[$0 - 1] == "\"" })
      #expect(page.contains("&lt;script&gt;alert(1)&lt;/script&gt;") && page.contains("a&lt;b&gt;&amp;&#39;&quot;"))

      let markdown = try report.text(.markdown)
      #expect(
        markdown.contains("a\\|b\\`c\\`\\*d\\*\\[e\\](f)") && !markdown.replacing("\\<", with: "").contains("<script"))
      for block in Self.blocks(of: markdown) {
        #expect(Set(block.map { $0.replacing("\\|", with: "").count { $0 == "|" } }).count == 1, "\(block)")
      }

      let latex = try report.text(.latex)
      #expect(latex.contains("a\\textless{}b\\textgreater{}\\&'"))
      var depth = 0
      for character in latex.replacing("\\{", with: "").replacing("\\}", with: "") {
        depth += character == "{" ? 1 : character == "}" ? -1 : 0
        #expect(depth >= 0)
      }
      #expect(depth == 0)
    }
  }

  /// The share of the diagonal in the confusion matrices is the accuracy of the table.
  @Test func confusionsAgreeWithTheTable() throws {
    try Places.withTemporaryFolder { folder in
      let page = try Self.report(in: folder, classes: ["a", "b", "c", "d"], name: "x").text(.html)
      let table = try #require(RunStore.existing(in: folder).run(named: nil).parts[0].table)
      let cells = page.matches(of: /<td class="(right|wrong|none)" style="--share:\d+" title="(\d+) images">/)
      let counts = cells.map { (isRight: $0.output.1 == "right", count: Int($0.output.2) ?? -1) }
      #expect(counts.count == 2 * 16)
      for (place, best) in [table.bestFixed, table.bestLearned].enumerated() {
        let own = counts[place * 16..<place * 16 + 16]
        let share = Double(own.filter(\.isRight).map(\.count).reduce(0, +)) / Double(own.map(\.count).reduce(0, +))
        let model = try #require(table.models.first { $0.model == best })
        #expect(abs(share - model.score.mean) < 1e-12)
      }
    }
  }

  @Test func aPageHoldsEverythingItself() throws {
    try Places.withTemporaryFolder { folder in
      let page = try Self.report(in: folder, classes: ["a", "b", "c", "d"], name: "x").text(.html)
      let sources = page.matches(of: /(?:src|href)="([^"]*)"/).map { String($0.output.1) }
      #expect(sources.count { $0.hasPrefix("data:image/png;base64,") } >= 3)
      #expect(!page.contains("@import") && !page.contains("url("))
      let ids = page.matches(of: /\bid=["']([^"']+)["']/).map { String($0.output.1) }
      #expect(Set(ids).count == ids.count && page.matches(of: /<svg/).count == 5)
      for word in [
        "Nadeau", "Holm", "<dt>licence</dt><dd>not stated</dd>", "<strong>Statistics.</strong>", "checksum", "haar:16",
        "a group L1 penalty", "doi.org/10.1111/j.1467-9868.2005.00532.x", "basislab compare", "Methods",
      ] {
        #expect(page.contains(word), "\(word)")
      }
    }
  }

  @Test func theCommandIsQuotedForAShell() throws {
    try Places.withTemporaryFolder { folder in
      let report = try Self.report(in: folder, classes: ["a", "b", "c", "d"], name: "x", dataset: "it's $HOME.npz")
      #expect(
        try report.text(.markdown).contains(
          "--dataset 'it'\\''s $HOME.npz' --epochs 2 --models majority haar:16 haar+group-l1"))
      #expect(try report.text(.markdown).contains(" --no-controls --splits 2 "))
    }
  }

  @Test func whatIsMissingIsNamed() throws {
    try Places.withTemporaryFolder { folder in
      _ = try Self.report(in: folder, classes: ["a", "b", "c", "d"], name: "x")
      let run = try RunStore.existing(in: folder).run(named: nil)
      try FileManager.default.removeItem(at: folder.appendingPathComponent("\(run.name)/predictions"))
      let error = #expect(throws: InputError.self) { _ = try RunReport(run, in: folder) }
      #expect(error?.description.contains("predictions/x.npz") == true, "\(error?.description ?? "")")
    }
  }

  @Test(arguments: [("a.html", ReportFormat.html), ("b.HTM", .html), ("c.md", .markdown), ("d.e.tex", .latex)])
  func endingsSayTheFormat(name: String, format: ReportFormat) throws {
    #expect(try ReportFormat(endingOf: name) == format)
    #expect(throws: InputError.self) { _ = try ReportFormat(endingOf: name + ".pdf") }
  }

  /// The report of a small run on images of four classes.
  static func report(
    in folder: URL, classes: [String], name: String, dataset: String = "ramps"
  ) throws -> RunReport {
    let made = try SyntheticFamilies.named("ramps").makeDataset(count: 160, from: RandomStream(seed: 3))
    let data = try Dataset(
      name: name, images: made.images, labels: made.labels, classes: classes, origin: "\(name).npz",
      summary: classes.joined(), provenance: Provenance(source: classes.joined(separator: "; ")))
    let configuration = ComparisonConfiguration(
      dataset: [dataset], models: ["majority", "haar:16", "haar+group-l1", "pixels", "mlp"], noControls: true,
      splits: 2, trials: 2,
      epochs: 2, count: 160)
    let comparison = try Comparison(configuration, datasets: [data])
    let recorder = try RunRecorder.begin(comparison, in: folder)
    try recorder.finish(try comparison.run(observer: recorder))
    return try RunReport(RunStore.existing(in: folder).run(named: nil), in: folder)
  }

  /// The lines of each table.
  private static func blocks(of markdown: String) -> [[Substring]] {
    markdown.split(separator: "\n\n").map { $0.split(separator: "\n").filter { $0.hasPrefix("|") } }.filter {
      !$0.isEmpty
    }
  }
}
