import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct CompareTests {
  private static let quick = [
    "compare", "--dataset", "ramps", "motifs", "--models", "majority", "haar:16", "log-fourier", "cnn",
    "shuffled:haar:16", "frozen:cnn:haar", "--no-controls", "--perturb", "noise:0.5", "rotation:10", "--splits",
    "2", "--trials", "2", "--epochs", "2",
    "--count", "200", "--quiet",
  ]

  @Test func sameSeedSameBitsForAnyNumberOfThreads() throws {
    try Places.withTemporaryFolder { folder in
      var contents: [[String: Data]] = []
      for threads in ["1", "2", "3"] {
        let output = folder.appendingPathComponent(threads)
        let run = try Command.run(Self.quick + ["--threads", threads, "--output", output.path])
        #expect(run.status == 0, "\(run.errors)")
        contents.append(try RunFiles.promised(in: output))
      }
      #expect(contents[0].count >= 8)
      #expect(contents[0] == contents[1])
      #expect(contents[0] == contents[2])
    }
  }

  @Test func aRunLeavesWhatItPromises() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(Self.quick + ["--json"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let result = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      #expect((result["tables"] as? [Any])?.count == 2)
      let url = try RunFiles.folder(in: folder.appendingPathComponent("runs"))
      let names = try Set(#require(FileManager.default.subpaths(atPath: url.path)))
      #expect(
        names.isSuperset(of: [
          "config.yaml", "environment.yaml", "results.csv", "trials.csv", "timings.csv", "tables.txt", "results.json",
          "predictions/ramps.npz", "figures/atoms-haar-16-16x16.png", "figures/motifs-cnn-filters.png",
          "figures/motifs-examples.png",
        ]))
      let predictions = try NPZ.read(url.appendingPathComponent("predictions/ramps.npz"))
      let probabilities: Tensor<Double> = try predictions["split2/cnn"].tensor()
      #expect(probabilities.shape == [40, 4])
      for row in 0..<40 { #expect(abs(probabilities[rows: row..<row + 1].sum - 1) < 1e-5) }
      #expect(try Set(predictions["split1/test_indices"].integers()).count == 40)
    }
  }

  @Test func theConfigurationOfARunRepeatsIt() throws {
    try Places.withTemporaryFolder { folder in
      let first = try Command.run(Self.quick + ["--seed", "7"], in: folder)
      #expect(first.status == 0, "\(first.errors)")
      let runs = folder.appendingPathComponent("runs")
      let config = try RunFiles.folder(in: runs).appendingPathComponent("config.yaml").path
      let second = try Command.run(["compare", "--config", config, "--output", "again", "--quiet"], in: folder)
      #expect(second.status == 0, "\(second.errors)")
      #expect(try RunFiles.promised(in: runs) == RunFiles.promised(in: folder.appendingPathComponent("again")))
    }
  }

  /// With more images to fit to, other predictions; choices and validation scores stay.
  @Test func refittingChangesNothingButTheTest() throws {
    try Places.withTemporaryFolder { folder in
      let results = try [[], ["--refit"]].map { more in
        let run = try Command.run(Self.quick + ["--test-fraction", "0.4", "--json"] + more, in: folder)
        #expect(run.status == 0, "\(run.errors)")
        let tables =
          try #require(
            JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])["tables"] as? [[String: Any]]
        return try #require(tables?.first)
      }
      #expect(results[0]["counts"] as? [Int] == [96, 24, 80])
      let models = try results.map { try #require($0["models"] as? [[String: Any]]) }
      for (plain, refitted) in zip(models[0], models[1]) {
        #expect(plain["validationAccuracy"] as? Double == refitted["validationAccuracy"] as? Double)
        #expect(plain["settings"] as? [String] == refitted["settings"] as? [String])
      }
      #expect(models[0].map { $0["logLoss"] as? Double } != models[1].map { $0["logLoss"] as? Double })
      #expect((results[1]["design"] as? String)?.contains("fitted again") == true)
    }
  }

  @Test func anInterruptedRunKeepsWhatIsFinished() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        ["compare", "--dataset", "ramps", "motifs", "--models", "haar:16", "cnn", "--epochs", "500", "--count", "800"],
        in: folder, sending: (SIGINT, "config.yaml"))
      #expect(run.status == 130, "\(run.errors)")
      #expect(run.errors.contains("Interrupted"))
      let names = try #require(FileManager.default.subpaths(atPath: folder.appendingPathComponent("runs").path))
      #expect(names.contains { $0.hasSuffix("results.csv") } && names.contains { $0.hasSuffix("results.json") })
      #expect(!names.contains { $0.hasSuffix(".part") })
      for name in names where name.hasSuffix("results.json") {
        let data = try Data(contentsOf: folder.appendingPathComponent("runs/\(name)"))
        let outcome = try #require(JSONSerialization.jsonObject(with: data) as? [String: Any])
        #expect(outcome["isInterrupted"] as? Bool == true)
      }
    }
  }

  @Test(arguments: [
    (["--models", "harr"], 2, "did you mean 'haar'?"), (["--models", "fourier:300"], 1, "Ask for 1 to 256"),
    (["--models", "haar@energy:300"], 1, "Keep 1 to 256"),
    (["--models", "cnn:3"], 2, "in the place of 8x16"), (["--match", "parameters"], 2, "--budget"),
    (["--perturb", "shft"], 2, "did you mean 'shift'?"),
    (["--perturb", "shift:16"], 1, "out of sight"),
    (["--folds", "1"], 2, "--folds"), (["--folds", "21"], 1, "has 20 images"),
    (["--match", "weight"], 2, "--match"),
    (["--match", "links", "--budget", "9", "--models", "cnn"], 1, "cannot be matched"),
    (["--models", "log-fourier:3"], 2, "one option too many"),
    (["--splits", "1"], 2, "--splits"), (["--splts", "3"], 2, "--splts"),
    (["--dataset", "missing.npz"], 1, "missing.npz"),
    (["--dataset", "grating"], 2, "did you mean 'gratings'?"), (["--count", "2"], 2, "--count"),
    (["--output", "/proc/nowhere"], 1, "--output"), (["--threads", "0"], 2, "--threads"),
    (["--config", "missing.yaml"], 1, "missing.yaml"), (["--seed", "x"], 2, "seed"),
    (["--train-sizes", "100000"], 1, "--train-sizes"), (["--groups", "a"], 1, "no groups"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(["compare", "--count", "80"] + arguments, in: folder)
      #expect(run.status == status)
      #expect(run.output.isEmpty)
      #expect(run.errors.contains(complaint), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count <= 4, "\(run.errors)")
    }
  }
}
