import ArgumentParser
import Spectral

/// `basislab verify`: the convolution theorem and its relatives, each beside the bound that it must meet.
struct Verify: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Check the convolution theorem and its relatives as identities.",
    discussion: """
      Both sides of each identity are computed in different ways on random images, in both precisions. The table shows \
      the size that comes nearest to its bound; the bound follows from the precision and the size. Exit code 1 when one \
      is violated. --list says what the identities are.
      """)

  /// More pixels than that make the direct sums over all of them too slow.
  private static let largestCount = 1 << 16

  @Option(name: .customLong("identity"), parsing: .upToNextOption, help: "The identities to check (default: all).")
  var identities: [CommaList<String>] = []

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Image sizes (default: even, odd, prime, 1×N and non-square ones).", valueName: "HxW"))
  var sizes: [CommaList<String>] = []

  @Option(help: ArgumentHelp("Change one number of this identity, to see it fail.", valueName: "identity"))
  var inject: String?

  @Option(help: "Decides the random images.")
  var seed: UInt64 = 0

  @Flag(help: "Show what the identities state instead of checking them.")
  var list = false

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let names = try selectedIdentities().map(\.name)
    _ = try selectedSizes()
    guard let inject else { return }
    _ = try Usage.check { try Identity.named(inject) }
    guard names.contains(inject) else {
      throw ValidationError("--inject: '\(inject)' is not among the identities to check, \(Self.joined(names))")
    }
  }

  func execute() throws {
    let identities = try selectedIdentities()
    if list {
      let list = IdentityList(identities)
      return try json ? Console.resultJSON(list) : list.lines.forEach(Console.result)
    }
    let sizes = try selectedSizes()
    let results = identities.flatMap { $0.verify(sizes: sizes, seed: seed, injectsFault: $0.name == inject) }
    let report = Report(seed: seed, passed: results.allSatisfy(\.passed), results: results)
    if json { try Console.resultJSON(report) } else { try IdentityTable(results).lines.forEach(Console.result) }
    guard report.passed else {
      let violated = identities.map(\.name).filter { name in results.contains { $0.identity == name && !$0.passed } }
      Console.note("error: violated: \(Self.joined(violated))")
      throw ExitCode(Failure.failure)
    }
  }

  /// The chosen identities, each once, in the order of their families.
  private func selectedIdentities() throws -> [Identity] {
    let names = try identities.values().map { name in try Usage.check { try Identity.named(name).name } }
    return names.isEmpty ? Identity.all : Identity.all.filter { names.contains($0.name) }
  }

  private func selectedSizes() throws -> [ImageSize] {
    let chosen = try sizes.values().map { text in try Usage.check { try ImageSize(parsing: text) } }
    if let large = chosen.first(where: { $0.width > Self.largestCount / $0.height }) {
      throw ValidationError("--sizes: expected at most \(Self.largestCount) pixels, got \(large)")
    }
    return chosen.isEmpty ? Identity.standardSizes : chosen
  }

  private static func joined(_ names: [String]) -> String { names.joined(separator: ", ") }

  private struct Report: Encodable {
    let seed: UInt64
    let passed: Bool
    let results: [IdentityResult]
  }
}
