import Formats
import Foundation
import Tensors

/// Lets both sides do a work in turns.
struct Duel {
  let peer: PeerProcess
  let rounds: Int
  let turnSeconds: Double
  /// How long a work may wait for other programs to end.
  let waitSeconds: Double

  /// Threads of a library may spin for a while after their work; this long nobody is timed.
  private static let pauseSeconds = 0.05

  private static let trialCount = 3

  /// Candidates whose best trial took longer than this times the fastest do not take part in the rounds.
  private static let trialMargin = 1.5

  /// While other programs disturb, so many times the rounds asked for are tried.
  private static let patience = 4

  /// Compares the results, picks the candidates that may be the fastest, and measures them in turns with ours.
  func fight(over work: any Workload) throws -> DuelResult {
    let ours = try work.makeContender(RandomStream(seed: 1).split(work.name))
    let candidates = try trials(of: work, against: ours)
    let comparison = try compare(ours, with: finalists(of: candidates))
    return DuelResult(
      work: work.name, candidates: candidates, comparison: comparison, tolerance: ours.tolerance,
      remark: comparison.map { ours.remark(seconds: $0.ourSeconds) } ?? "")
  }

  private func trials(of work: any Workload, against ours: any Contender) throws -> [DuelResult.Candidate] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "basislab-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputs = folder.appending(path: "inputs.npz")
    try NPZ.write(ours.inputs, to: inputs, compressed: false)
    let names = try peer.ask(PrepareRequest(work: work.family, inputs: inputs.path)).candidates
    return try names.map { try trial(of: $0, against: ours, in: folder) }
  }

  private func trial(
    of candidate: String, against ours: any Contender, in folder: URL
  ) throws -> DuelResult.Candidate {
    let output = folder.appending(path: "output.npz")
    do {
      _ = try peer.ask(ResultRequest(candidate: candidate, output: output.path))
      let difference = try ours.difference(from: NPZ.read(output))
      let seconds = try (0..<Self.trialCount).map { _ in try time(candidate) }.min()
      return DuelResult.Candidate(name: candidate, difference: difference, trialSeconds: seconds, failure: nil)
    } catch let failure as PeerFailure {
      return DuelResult.Candidate(name: candidate, difference: nil, trialSeconds: nil, failure: failure.message)
    }
  }

  private func finalists(of candidates: [DuelResult.Candidate]) -> [String] {
    let limit = Self.trialMargin * (candidates.compactMap(\.trialSeconds).min() ?? 0)
    return candidates.filter { $0.trialSeconds.map { $0 <= limit } ?? false }.map(\.name)
  }

  /// The fastest of the candidates beside us, each in turns with ours: ours, peer, ours, peer.
  private func compare(_ ours: any Contender, with candidates: [String]) throws -> Comparison? {
    var pairs = [[Comparison.Pair]](repeating: [], count: candidates.count)
    let deadline = ContinuousClock.now + .seconds(waitSeconds)
    for _ in 0..<Self.patience * rounds {
      for (index, candidate) in candidates.enumerated() where pairs[index].count(where: \.isQuiet) < rounds {
        OtherLoad.waitForQuiet(besides: peer.identifier, until: deadline)
        pairs[index].append(try takeTurns(ours, candidate))
      }
    }
    return zip(candidates, pairs).map { Comparison(peer: $0, pairs: $1, quietest: rounds) }
      .min { $0.peerSeconds < $1.peerSeconds }
  }

  private func takeTurns(_ ours: any Contender, _ candidate: String) throws -> Comparison.Pair {
    let load = OtherLoad(besides: peer.identifier)
    let ourSeconds = try time(ours)
    let peerSeconds = try time(candidate)
    return Comparison.Pair(ourSeconds: ourSeconds, peerSeconds: peerSeconds, otherLoad: load.share)
  }

  private func time(_ ours: any Contender) throws -> Double {
    Thread.sleep(forTimeInterval: Self.pauseSeconds)
    return try Stopwatch.medianSeconds(filling: turnSeconds) { try ours.run() }
  }

  private func time(_ candidate: String) throws -> Double {
    Thread.sleep(forTimeInterval: Self.pauseSeconds)
    return try peer.ask(MeasureRequest(candidate: candidate, seconds: turnSeconds)).seconds
  }
}
