import Foundation
import TestSupport
import Testing

@Suite struct CrossoverCommandTests {
  private struct Report: Decodable {
    struct Row: Decodable {
      let image, kernel, channels, filters, batch: Int
      let purpose: String
      let seconds: [String: Double]
      let choice, best: String
      let regret: Double
    }
    struct Summary: Decodable { let points: Int, shareWithinTolerance: Double }
    let precision: String
    let points: [Row]
    let summary: Summary
  }

  private let small = [
    "crossover", "--images", "16,24", "--kernels", "3", "7", "31", "--channels", "1,4", "--budget", "1e-4", "--quiet",
  ]

  @Test func jsonHoldsEveryPoint() throws {
    let outcome = try Command.run(small + ["--json", "--double", "--batch", "2"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.precision == "float64" && report.points.count == 8 && report.summary.points == 8)
    for point in report.points {
      #expect([16, 24].contains(point.image) && [3, 7].contains(point.kernel) && point.batch == 2)
      let (choice, best) = (try #require(point.seconds[point.choice]), try #require(point.seconds.values.min()))
      #expect(point.seconds[point.best] == best && abs(point.regret - (choice / best - 1)) < 1e-12)
    }
    let good = report.points.count { $0.regret <= 0.1 }
    #expect(report.summary.shareWithinTolerance == Double(good) / 8)
  }

  /// The same seed draws the same convolutions, whatever was measured of them.
  @Test func randomPointsAreThoseOfTheirSeed() throws {
    func points(seed: Int) throws -> [[String]] {
      let outcome = try Command.run(
        ["crossover", "--random", "6", "--seed", "\(seed)", "--budget", "1e-5", "--quiet", "--json"])
      #expect(outcome.status == 0, "\(outcome.errors)")
      return try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)).points.map {
        [$0.purpose, "\($0.channels) \($0.filters) \($0.batch) \($0.image) \($0.kernel)"]
      }
    }
    let first = try points(seed: 3)
    #expect(first.count == 6 && Set(first).count > 4)
    #expect(try points(seed: 3) == first)
    #expect(try points(seed: 4) != first)
  }

  @Test func chartsAndTablesAreWritten() throws {
    try Places.withTemporaryFolder { folder in
      for (name, start) in [("a.svg", "<?xml"), ("a.png", "\u{89}PNG"), ("a.csv", "passes,channels,filters,")] {
        let file = folder.appendingPathComponent(name)
        let outcome = try Command.run(small + ["--training", "--output", file.path])
        #expect(outcome.status == 0 && outcome.output.contains("within 10 % of the fastest at"), "\(outcome.errors)")
        let text = String(decoding: try Data(contentsOf: file), as: Unicode.UTF8.self)
        #expect(text.hasPrefix(start) || text.dropFirst().hasPrefix("PNG"), "\(name)")
      }
    }
  }

  @Test(arguments: [
    (["--output", "a.pdf"], "ends in .svg or .png or .csv"), (["--images", "0"], "--images: expected 1…32768"),
    (["--random", "0"], "--random: expected 1…100000"),
    (["--random", "3", "--output", "a.svg"], "--random: expected a table (.csv)"),
    (["--budget", "0"], "--budget: expected from 0.00001 to 60 seconds"),
    (["--images", "8", "--kernels", "9"], "--kernels: expected one that is not larger"),
  ])
  func mistakesAreNamed(options: [String], complaint: String) throws {
    let outcome = try Command.run(["crossover"] + options)
    #expect(outcome.status == 2 && outcome.errors.contains(complaint), "\(outcome.errors)")
  }

  @Test func aMissingGnuplotIsNamed() throws {
    try Places.withTemporaryFolder { folder in
      let outcome = try Command.run(
        small + ["--output", folder.appendingPathComponent("a.svg").path], environment: ["PATH": folder.path])
      #expect(outcome.status == 1 && outcome.errors.contains("gnuplot-nox"), "\(outcome.errors)")
    }
  }
}
