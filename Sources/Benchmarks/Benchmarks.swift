import ArgumentParser
import Foundation
import Parallel
import Spectral
import Tensors

/// Measures BasisLab beside the libraries that others would use for the same work, in one run.
@main
struct Benchmarks: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "Benchmarks",
    abstract: "Measure BasisLab side by side with SciPy, scikit-learn, kymatio and PyTorch.",
    discussion: """
      Both sides get the same inputs and the same number of threads, are compared once, and then take turns; a ratio is \
      the median over pairs of turns that follow each other. Above 1 we are the faster. Turns during which other \
      programs were busy are repeated. 'make bench' builds this program and installs the peers.
      """)

  @Option(help: "Only works whose name is this or begins with it, such as 'convolve' or 'convolve-512'; repeatable.")
  var only: [String] = []

  @Flag(help: "Print the names of the works and end.")
  var list = false

  @Flag(help: "Print the source of the wisdom that FFTW is shipped with, measured now, and end.")
  var wisdom = false

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @Flag(help: "Three rounds of short turns: a first impression.")
  var quick = false

  @Option(help: "Rounds of turns; 5, or 3 when quick.")
  var rounds: Int?

  @Option(help: "Seconds of one turn; 0.05, or 0.02 when quick.")
  var turn: Double?

  @Option(help: "A folder with kept results, speed.md and speed.jsonl, that these are merged into.")
  var save: String?

  @Option(help: "Seconds that a work may wait for other programs to be quiet.")
  var wait = 10.0

  @Option(help: "Threads on both sides; all processors when left out.")
  var threads: Int?

  @Option(help: "The Python that has the peers.")
  var python = "build/venv-peers/bin/python"

  @Option(help: "The peers' program.")
  var peers = "Sources/Benchmarks/Peers/peer.py"

  func validate() throws {
    guard rounds ?? 1 >= 1 else { throw ValidationError("--rounds: expected at least 1, got \(rounds ?? 1)") }
    guard turn ?? 1 > 0 else {
      throw ValidationError("--turn: expected a positive number of seconds, got \(turn ?? 1)")
    }
    guard threads ?? 1 >= 1 else { throw ValidationError("--threads: expected at least 1, got \(threads ?? 1)") }
  }

  func run() throws {
    if wisdom {
      print(TransformWisdom.shippedSource())
      return
    }
    let works = try WorkCatalog.works(named: only)
    if list {
      print(works.map(\.name).joined(separator: "\n"))
      return
    }
    let threadCount = threads ?? ThreadPool.availableProcessorCount
    ThreadPool.configure(threadCount: threadCount)
    let peer = try PeerProcess(python: python, program: peers, threadCount: threadCount)
    let report = try Report(machine: Machine(threadCount: threadCount, peer: peer.describe()), json: json)
    let folder = save.map { URL(fileURLWithPath: $0) }
    var archive = try folder.map { try ResultArchive(in: $0, for: report.machine) }
    report.begin()
    let duel = Duel(
      peer: peer, rounds: rounds ?? (quick ? 3 : 5), turnSeconds: turn ?? (quick ? 0.02 : 0.05), waitSeconds: wait)
    let results = try works.map { work in
      let result = try duel.fight(over: work)
      report.add(result)
      if let folder, result.agrees {
        archive?.add(result)
        try archive?.write(to: folder)
      }
      return result
    }
    try report.finish(results)
    if results.contains(where: { !$0.agrees }) { throw ExitCode.failure }
  }
}
