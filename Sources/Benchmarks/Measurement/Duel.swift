import Formats
import Foundation
import Tensors
import Workloads

/// Lets both sides do a work in turns.
struct Duel {
  let peer: PeerProcess
  let rounds: Int
  let turnSeconds: Double
  /// How long a work may wait for other programs to end.
  let waitSeconds: Double

  /// Threads of a library may spin for a while after their work; this long nobody is timed.
  private static let pauseSeconds = 0.02

  /// A candidate whose first run takes this long, and ``firstRunMargin`` times the fastest's, is not run again.
  private static let longFirstRunSeconds = 0.2
  private static let firstRunMargin = 3.0

  private static let trialCount = 3

  /// Candidates whose trials took longer than this times the fastest do not take part in the rounds.
  private static let trialMargin = 1.5

  /// Compares the results, picks the candidates that may be the fastest, and measures them in turns with ours.
  func fight(over work: any Workload) throws -> DuelResult {
    let ours = try work.makeContender(RandomStream(seed: 1).split(work.name))
    let stillness = Stillness(besides: peer.identifier, waitingAtMost: waitSeconds)
    let candidates = try trials(of: work, against: ours, stillness)
    let (comparisons, limit) = try compare(ours, with: finalists(of: candidates, besides: work.rivals), stillness)
    return DuelResult(
      work: work.name, candidates: candidates, comparisons: comparisons, limit: limit, tolerance: ours.tolerance,
      remark: comparisons.first.map { ours.remark(seconds: $0.ourSeconds) } ?? "")
  }

  /// A first run of every candidate, for its result, and trials of those that are not hopeless.
  private func trials(
    of work: any Workload, against ours: any Contender, _ stillness: Stillness
  ) throws -> [DuelResult.Candidate] {
    var candidates = try firstRuns(of: work, against: ours)
    let fastest = candidates.compactMap(\.trialSeconds).min() ?? 0
    for index in candidates.indices where candidates[index].failure == nil {
      let firstRun = candidates[index].trialSeconds ?? 0
      if firstRun < max(Self.longFirstRunSeconds, Self.firstRunMargin * fastest) {
        candidates[index].trialSeconds = try trialSeconds(of: candidates[index].name, stillness)
      }
    }
    return candidates
  }

  private func firstRuns(of work: any Workload, against ours: any Contender) throws -> [DuelResult.Candidate] {
    let folder = FileManager.default.temporaryDirectory.appending(path: "basislab-bench-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let (inputs, output) = (folder.appending(path: "inputs.npz"), folder.appending(path: "output.npz"))
    try NPZ.write(ours.inputs, to: inputs, compressed: false)
    return try peer.ask(PrepareRequest(work: work.peers, inputs: inputs.path)).candidates.map { name in
      do {
        let seconds = try peer.ask(ResultRequest(candidate: name, output: output.path)).seconds
        let difference = try ours.difference(from: NPZ.read(output))
        return DuelResult.Candidate(name: name, difference: difference, trialSeconds: seconds, failure: nil)
      } catch let failure as PeerFailure {
        return DuelResult.Candidate(name: name, difference: nil, trialSeconds: nil, failure: failure.message)
      }
    }
  }

  /// The best of some undisturbed trials; `nil` when there was none.
  private func trialSeconds(of candidate: String, _ stillness: Stillness) throws -> Double? {
    try stillness.measure(Self.trialCount) { try time(candidate) }
      .filter { OtherLoad.isTolerable($0.otherLoad) }.map(\.value).min()
  }

  /// The candidates that may be the fastest, those included of which nothing is known, and the named ones.
  private func finalists(of candidates: [DuelResult.Candidate], besides rivals: [String]) -> [String] {
    let limit = Self.trialMargin * (candidates.compactMap(\.trialSeconds).min() ?? .infinity)
    return candidates.filter {
      $0.failure == nil && ($0.trialSeconds ?? 0 <= limit || rivals.contains($0.name))
    }.map(\.name)
  }

  /// Rounds of ours, its limit and each candidate; the fastest candidate first.
  private func compare(
    _ ours: any Contender, with candidates: [String], _ stillness: Stillness
  ) throws -> (peers: [Comparison], limit: Comparison?) {
    let limit = ours.limit
    let measured = try stillness.measure(rounds) {
      (
        ours: try time(ours.run), limit: try limit.map { (work: try time($0.work), part: try time($0.part)) },
        peers: try candidates.map(time)
      )
    }
    func comparison(
      _ name: String, ours: (Int) -> Double = { measured[$0].value.ours }, _ seconds: (Int) -> Double
    ) -> Comparison {
      Comparison(
        peer: name,
        pairs: measured.enumerated().map { index, round in
          Comparison.Pair(
            ourSeconds: ours(index), peerSeconds: seconds(index), otherLoad: round.otherLoad)
        })
    }
    let peers = candidates.enumerated().map { place, name in comparison(name) { measured[$0].value.peers[place] } }
    return (
      peers.sorted { $0.peerSeconds < $1.peerSeconds },
      limit.map { _ in
        comparison("limit", ours: { measured[$0].value.limit?.work ?? .nan }) { measured[$0].value.limit?.part ?? .nan }
      }
    )
  }

  private func time(_ run: () throws -> Void) throws -> Double {
    Thread.sleep(forTimeInterval: Self.pauseSeconds)
    return try Stopwatch.medianSeconds(filling: turnSeconds, run)
  }

  private func time(_ candidate: String) throws -> Double {
    Thread.sleep(forTimeInterval: Self.pauseSeconds)
    return try peer.ask(MeasureRequest(candidate: candidate, seconds: turnSeconds)).seconds
  }
}
