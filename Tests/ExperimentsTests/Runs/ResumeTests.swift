import Datasets
import Experiments
import Foundation
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct ResumeTests {
  private let configuration = ComparisonConfiguration(
    dataset: ["ramps", "motifs"], models: ["majority", "polynomial:10", "shuffled:mlp"], noControls: true, splits: 3,
    trials: 3,
    epochs: 6, perturb: ["noise:0.5", "shift:1"], count: 240)

  /// Whatever number of units an earlier process has finished, the rest is done once, and the files are the same.
  @Test func everyCutComesToTheSameResult() throws {
    try Places.withTemporaryFolder { folder in
      let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
      let whole = folder.appendingPathComponent("whole")
      try run(comparison, RunRecorder.begin(comparison, name: "whole", in: folder))
      for cut in 1..<comparison.unitCount {
        let name = "cut-\(cut)"
        let stopping = Stopwatch(after: cut)
        let first = try RunRecorder.begin(comparison, name: name, in: folder)
        #expect(throws: Stopwatch.Stop.self) {
          _ = try comparison.run(observer: ObserverPair(first, stopping))
        }
        first.salvage(after: Stopwatch.Stop())
        let counter = Stopwatch(after: nil)
        try resume(name, comparison, folder, counter)
        #expect(counter.count == comparison.unitCount - stopping.count)
        let resumed = folder.appendingPathComponent(name)
        for file in ["results.csv", "trials.csv", "predictions/ramps.npz", "predictions/motifs.npz", "config.yaml"] {
          #expect(
            try Data(contentsOf: resumed.appendingPathComponent(file))
              == Data(contentsOf: whole.appendingPathComponent(file)), "\(file) after \(cut)")
        }
      }
    }
  }

  @Test func aFinishedRunIsNotDoneAgain() throws {
    try Places.withTemporaryFolder { folder in
      let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
      try run(comparison, RunRecorder.begin(comparison, name: "a", in: folder))
      let counter = Stopwatch(after: nil)
      try resume("a", comparison, folder, counter)
      #expect(counter.count == 0 && counter.tableCount == 0)
      let stored = try RunStore.existing(in: folder).run(named: "a")
      #expect(stored.state == .finished && stored.outcome.tables.count == 2)
    }
  }

  @Test func changesAreNamed() {
    var other = configuration
    other.trainSizes = [0.5]
    other.dataset = ["ramps"]
    #expect(
      ConfigurationChange.between(configuration, other).map(\.description) == [
        "--dataset was ramps,motifs and is ramps", "--train-sizes was not set and is 0.5",
      ])
    #expect(ConfigurationChange.between(other, other).isEmpty)
  }

  private func run(_ comparison: Comparison, _ recorder: RunRecorder) throws {
    try recorder.finish(try comparison.run(from: recorder.checkpoint, observer: recorder))
  }

  private func resume(_ name: String, _ comparison: Comparison, _ folder: URL, _ watch: Stopwatch) throws {
    let recorder = try RunRecorder.resume(name, comparison, in: folder)
    try recorder.finish(
      try comparison.run(from: recorder.checkpoint, observer: ObserverPair(recorder, watch)))
  }
}

/// Counts units and stops a comparison after some of them.
private final class Stopwatch: ComparisonObserver {
  struct Stop: Error {}

  private let limit: Int?
  private let counts = Lock((units: 0, tables: 0))

  var count: Int { counts.withLock { $0.units } }
  var tableCount: Int { counts.withLock { $0.tables } }

  init(after limit: Int?) { self.limit = limit }

  func unitFinished(_ record: UnitRecord, in arena: Arena) throws {
    let done = counts.withLock { counts in
      counts.units += 1
      return counts.units
    }
    if let limit, done >= limit { throw Stop() }
  }

  func tableFinished(_ table: TableResult, records: [UnitRecord], in arena: Arena) {
    counts.withLock { $0.tables += 1 }
  }
}
