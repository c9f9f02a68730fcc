import Foundation
import Spectral
import TestSupport
import Testing

@Suite struct VerifyCommandTests {
  private struct Report: Decodable {
    struct Result: Decodable {
      let identity, formula, precision, size: String
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
    #expect(report.results.map(\.identity) == Identity.all.flatMap { [$0.name, $0.name] })
    #expect(report.results.allSatisfy { $0.passed && $0.error <= $0.bound && $0.bound > 0 })
  }

  @Test func anInjectedFaultIsFound() throws {
    let outcome = try Command.run(["verify", "--inject", "parseval"])
    #expect(outcome.status == 1 && outcome.errors == "error: violated: parseval\n")
    let rows = outcome.output.split(separator: "\n")
    let count = Identity.all.count
    #expect(rows.count { $0.hasSuffix("VIOLATED") } == 2 && rows.count { $0.hasSuffix("  ok") } == 2 * (count - 1))
    #expect(rows.last == "\(count - 1) of \(count) identities hold to rounding.")
    let first = try #require(rows.firstIndex { $0.hasSuffix("VIOLATED") })
    #expect(rows[first].hasPrefix("parseval ") && rows[first + 1].hasSuffix("VIOLATED"))
  }

  @Test func theTableFitsAProjectorAndIsInFamilies() throws {
    let rows = try Command.run(["verify", "--sizes", "200x1"]).output.split(separator: "\n")
    #expect(rows.allSatisfy { $0.count <= 120 })
    #expect(IdentityFamily.all.allSatisfy { family in rows.contains { $0 == family.title } })
    #expect(rows.last == "\(Identity.all.count) identities hold to rounding.")
    let one = try Command.run(["verify", "--identity", "stride", "--sizes", "5x4"]).output.split(separator: "\n")
    #expect(one.count == 6 && one[2] == "Layers of networks" && one[5] == "1 identity holds to rounding.")
  }

  @Test func theListSaysWhatTheIdentitiesAre() throws {
    let outcome = try Command.run(["verify", "--list"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for identity in Identity.all {
      #expect(outcome.output.contains("\(identity.formula)\n"))
      #expect(outcome.output.contains("  \(identity.statement)\n"))
    }
    let one = try Command.run(["verify", "--list", "--identity", "stride", "--json"])
    #expect(one.output.contains("\"family\" : \"Layers of networks\"") && !one.output.contains("parseval"))
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
