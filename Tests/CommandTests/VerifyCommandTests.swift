import Foundation
import TestSupport
import Testing

@Suite struct VerifyCommandTests {
  private struct Report: Decodable {
    struct Result: Decodable {
      let identity, precision, size: String
      let error, bound: Double
      let passed: Bool
    }
    let passed: Bool
    let results: [Result]
  }

  @Test func everyIdentityHoldsInBothPrecisions() throws {
    let outcome = try Command.run(["verify", "--json"])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(outcome.status == 0 && outcome.errors.isEmpty && report.passed)
    #expect(Set(report.results.map(\.identity)).count == 8 && report.results.count == 16)
    #expect(report.results.allSatisfy { $0.passed && $0.error <= $0.bound && $0.bound > 0 })
  }

  @Test func anInjectedFaultIsFound() throws {
    let outcome = try Command.run(["verify", "--inject", "parseval"])
    #expect(outcome.status == 1 && outcome.errors == "error: violated: parseval\n")
    let rows = outcome.output.split(separator: "\n")
    #expect(rows.filter { $0.contains("VIOLATED") }.allSatisfy { $0.hasPrefix("parseval") })
    #expect(rows.count { $0.contains("VIOLATED") } == 2 && rows.count { $0.hasSuffix("ok") } == 14)
  }

  @Test func identitiesAndSizesAreSelected() throws {
    let outcome = try Command.run(["verify", "--identity", "shift", "correlation", "--sizes", "7x12", "--json"])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    #expect(report.results.map(\.identity) == ["shift", "shift", "correlation", "correlation"])
    #expect(report.results.allSatisfy { $0.size == "7x12" })
    let withCommas = try Command.run(["verify", "--identity", "shift,correlation", "--sizes", "7x12,", "--json"])
    #expect(withCommas.output == outcome.output)
  }

  @Test(arguments: [
    (["--identity", "parsival"], "did you mean 'parseval'?"), (["--sizes", "16"], "such as 16x16"),
    (["--sizes", "4096x4096"], "at most 65536 pixels"),
    (["--identity", "shift", "--inject", "parseval"], "not among the identities"), (["--sizes", ","], "--sizes"),
  ])
  func mistakesAreNamed(arguments: [String], part: String) throws {
    let outcome = try Command.run(["verify"] + arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty && outcome.errors.contains(part), "\(outcome.errors)")
  }
}
