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

  /// Candidates whose trials took longer than this times the fastest do not take part in the rounds.
  private static let trialMargin = 1.5

  /// While other programs disturb, so many times the measurements asked for are tried.
  private static let patience = 4

  /// Compares the results, picks the candidates that may be the fastest, and measures them in turns with ours.
  func fight(over work: any Workload) throws -> DuelResult {
    let ours = try work.makeContender(RandomStream(seed: 1).split(work.name))
    let deadline = ContinuousClock.now + .seconds(waitSeconds)
    let candidates = try trials(of: work, against: ours, deadline)
    let comparisons = try compare(ours, with: finalists(of: candidates), deadline)
    return DuelResult(
      work: work.name, candidates: candidates, comparisons: comparisons, tolerance: ours.tolerance,
      remark: comparisons.first.map { ours.remark(seconds: $0.ourSeconds) } ?? "")
  }

  private func trials(
    of work: any Workload, against ours: any Contender, _ deadline: ContinuousClock.Instant
  ) throws -> [DuelResult.Candidate] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "basislab-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let inputs = folder.appending(path: "inputs.npz")
    try NPZ.write(ours.inputs, to: inputs, compressed: false)
    let names = try peer.ask(PrepareRequest(work: work.family, inputs: inputs.path)).candidates
    return try names.map { name in
      let output = folder.appending(path: "output.npz")
      do {
        _ = try peer.ask(ResultRequest(candidate: name, output: output.path))
        let difference = try ours.difference(from: NPZ.read(output))
        let seconds = try quietSeconds(of: name, deadline)
        return DuelResult.Candidate(name: name, difference: difference, trialSeconds: seconds, failure: nil)
      } catch let failure as PeerFailure {
        return DuelResult.Candidate(name: name, difference: nil, trialSeconds: nil, failure: failure.message)
      }
    }
  }

  /// The best of some undisturbed trials; `nil` when there was none.
  private func quietSeconds(of candidate: String, _ deadline: ContinuousClock.Instant) throws -> Double? {
    var times: [Double] = []
    for _ in 0..<Self.patience * Self.trialCount where times.count < Self.trialCount {
      OtherLoad.waitForQuiet(besides: peer.identifier, until: deadline)
      let load = OtherLoad(besides: peer.identifier)
      let seconds = try time(candidate)
      if load.share <= OtherLoad.tolerated { times.append(seconds) }
    }
    return times.min()
  }

  /// The candidates that may be the fastest, those included of which nothing is known.
  private func finalists(of candidates: [DuelResult.Candidate]) -> [String] {
    let limit = Self.trialMargin * (candidates.compactMap(\.trialSeconds).min() ?? .infinity)
    return candidates.filter { $0.failure == nil && $0.trialSeconds ?? 0 <= limit }.map(\.name)
  }

  /// Each candidate in turns with ours, ours, peer, ours, peer; the fastest candidate first.
  private func compare(
    _ ours: any Contender, with candidates: [String], _ deadline: ContinuousClock.Instant
  ) throws -> [Comparison] {
    var pairs = [[Comparison.Pair]](repeating: [], count: candidates.count)
    for _ in 0..<Self.patience * rounds {
      for (index, candidate) in candidates.enumerated() where pairs[index].count(where: \.isQuiet) < rounds {
        OtherLoad.waitForQuiet(besides: peer.identifier, until: deadline)
        pairs[index].append(try takeTurns(ours, candidate))
      }
    }
    return zip(candidates, pairs).map { Comparison(peer: $0, pairs: $1, quietest: rounds) }
      .sorted { $0.peerSeconds < $1.peerSeconds }
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
