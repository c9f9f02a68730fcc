import Foundation
import TestSupport
import Tensors
import Testing

/// What is left of runs that were ended by force, and what becomes of them.
@Suite struct KilledRunTests {
  private static let design = [
    "compare", "--dataset", "ramps", "motifs", "--models", "majority", "haar:16", "log-fourier", "shuffled:mlp", "cnn",
    "--no-controls", "--perturb", "shift:1,2", "--splits", "3", "--trials", "3", "--epochs", "12", "--count", "400",
    "--name", "run",
  ]

  /// The run is killed after random times, again and again, until one is left to finish.
  @Test(arguments: [UInt64(1), 2, 3, 4])
  func aKilledRunComesToTheSameResult(seed: UInt64) throws {
    try Places.withTemporaryFolder { folder in
      let runs = folder.appendingPathComponent("runs")
      let whole = folder.appendingPathComponent("whole")
      let start = Date()
      let undisturbed = try Command.run(Self.design + ["--quiet", "--output", whole.path], in: folder)
      #expect(undisturbed.status == 0, "\(undisturbed.errors)")
      let duration = Date().timeIntervalSince(start)
      var stream = RandomStream(seed: seed)
      var deaths = 0
      var outcome = try Command.run(Self.design, in: folder, lifetime: duration * stream.uniform(in: 0.1..<0.7))
      while outcome.status != 0 && deaths < 40 {
        deaths += 1
        let isBegun = try !list(folder).isEmpty
        outcome = try Command.run(
          isBegun ? ["compare", "--resume", "run"] : Self.design, in: folder,
          lifetime: deaths < 6 ? duration * stream.uniform(in: 0.1..<0.7) : 60)
        #expect([0, 137].contains(outcome.status), "seed \(seed): \(outcome.errors)")
      }
      #expect(deaths > 0, "seed \(seed): the run ended before it was killed")
      #expect(try RunFiles.promised(in: runs) == RunFiles.promised(in: whole), "seed \(seed)")
      #expect(try RunFiles.outcome(in: runs) == RunFiles.outcome(in: whole), "seed \(seed)")
      try expectEveryUnitOnce(folder)
    }
  }

  /// A process can be killed after it has made its folder and before the store knows of the run.
  @Test func aFolderThatWasOnlyBegunIsTakenOver() throws {
    try Places.withTemporaryFolder { folder in
      let place = folder.appendingPathComponent("runs/run")
      try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
      try Data("seed: 1\n".utf8).write(to: place.appendingPathComponent("config.yaml"))
      let design = [
        "compare", "--dataset", "ramps", "--models", "haar:16", "--no-controls", "--splits", "2", "--count", "80",
        "--name", "run",
      ]
      let run = try Command.run(design, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let other = folder.appendingPathComponent("runs/mine")
      try FileManager.default.createDirectory(at: other, withIntermediateDirectories: true)
      try Data("a letter".utf8).write(to: other.appendingPathComponent("letter.txt"))
      let refused = try Command.run(Array(design.dropLast()) + ["mine"], in: folder)
      #expect(refused.status == 1 && refused.errors.contains("a folder of this name"), "\(refused.errors)")
      #expect(try FileManager.default.contentsOfDirectory(atPath: other.path) == ["letter.txt"])
    }
  }

  @Test func anInterruptedRunSaysHowToGoOn() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        ["compare", "--dataset", "ramps", "--models", "haar:16", "cnn", "--epochs", "500", "--count", "800"],
        in: folder,
        sending: (SIGINT, "config.yaml"))
      #expect(run.status == 130 && run.errors.contains("basislab compare --resume compare-"), "\(run.errors)")
      let listing = try Command.run(["runs", "list"], in: folder)
      #expect(listing.output.contains("unfinished"), "\(listing.output)")
    }
  }

  @Test func aChangeIsRefusedByName() throws {
    try Places.withTemporaryFolder { folder in
      #expect(try Command.run(Self.design, in: folder, lifetime: 0.5).status == 137)
      for (options, complaint) in [
        (["--epochs", "13"], "--epochs was 12 and is 13"), (["--seed", "2"], "--seed was 1 and is 2"),
        (["--models", "haar:16"], "--models was majority,haar:16,log-fourier,shuffled:mlp,cnn and is haar:16"),
      ] {
        let run = try Command.run(["compare", "--resume", "run"] + options, in: folder)
        #expect(run.status == 1 && run.errors.contains(complaint), "\(run.errors)")
      }
      let unknown = try Command.run(["compare", "--resume", "rum"], in: folder)
      #expect(unknown.status == 1 && unknown.errors.contains("did you mean 'run'?"), "\(unknown.errors)")
    }
  }

  @Test func changedDataAreRefusedByName() throws {
    try Places.withTemporaryFolder { folder in
      let make = ["data", "make", "ramps", "--count", "200", "--output", "a.npz"]
      #expect(try Command.run(make, in: folder).status == 0)
      let design = ["compare", "--dataset", "a.npz", "--models", "haar:16", "mlp", "--splits", "2", "--name", "run"]
      #expect(try Command.run(design, in: folder).status == 0)
      #expect(try Command.run(make + ["--seed", "2"], in: folder).status == 0)
      let run = try Command.run(["compare", "--resume", "run"], in: folder)
      #expect(run.status == 1 && run.errors.contains("the data of a (checksum "), "\(run.errors)")
    }
  }

  private func list(_ folder: URL) throws -> [Any] {
    let listing = try Command.run(["runs", "list", "--json"], in: folder)
    guard listing.status == 0 else { return [] }
    return try #require(JSONSerialization.jsonObject(with: Data(listing.output.utf8)) as? [Any])
  }

  private func expectEveryUnitOnce(_ folder: URL) throws {
    let text = try Command.run(["runs", "show", "run", "--evaluations", "--json"], in: folder).output
    let evaluations = try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [[String: Any]])
    let tests = evaluations.filter { ($0["evaluation"] as? [String: Any])?["part"] as? String == "test" }
    #expect(tests.count == 2 * 5 * 3 * (1 + 2) && evaluations.count == 2 * 3 * (1 + 4 * 3) + tests.count)
  }
}
