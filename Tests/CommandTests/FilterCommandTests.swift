import Foundation
import TestSupport
import Testing

/// `project`, `re-tie` and `equivariance`, as a user calls them.
@Suite struct FilterCommandTests {
  private static let weights = Places.fixture("small-16.safetensors").path
  private static let network = ["--network", "small", "--weights", weights]

  private func run(_ arguments: [String], in folder: URL? = nil) throws -> Command.Outcome {
    let run = try Command.run(arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run
  }

  private func json(_ text: String) throws -> Any { try JSONSerialization.jsonObject(with: Data(text.utf8)) }

  @Test func aWeightsFileIsProjected() throws {
    try Places.withTemporaryFolder { folder in
      let arguments = ["project", Self.weights, "--network", "small", "--draws", "40"]
      let text = try run(arguments + ["--layer", "0", "--output", "energies.svg"], in: folder).output
      #expect(text.contains("small, layer 0: 8 filters of 3×3") && text.contains("extended by zeros to 4×4"))
      for band in ["level 1 rising", "level 2 horizontal", "degree 4"] { #expect(text.contains(band), "\(band)") }
      #expect(try String(contentsOf: folder.appendingPathComponent("energies.svg"), encoding: .utf8).contains("<svg"))
      let layers = try #require(json(run(arguments + ["--basis", "dct", "--json"]).output) as? [[String: Any]])
      #expect(layers.count == 2)
      for layer in layers {
        let projection = try #require((layer["projections"] as? [[String: Any]])?.first)
        let bands = try #require(projection["bands"] as? [[String: Any]])
        #expect(abs(bands.compactMap { $0["learned"] as? Double }.reduce(0, +) - 1) < 1e-9)
      }
    }
  }

  @Test func aRunIsProjected() throws {
    try Places.withTemporaryFolder { folder in
      _ = try run(
        [
          "compare", "--dataset", "ramps", "--count", "200", "--models", "haar:4", "mlp", "cnn", "--splits", "2",
          "--trials", "1", "--epochs", "2", "--name", "a", "--quiet",
        ], in: folder)
      let text = try run(["project", "a", "--basis", "fourier", "--draws", "20"], in: folder).output
      #expect(text.contains("ramps, mlp, layer 1: 128 filters of 16×16"))
      #expect(text.contains("ramps, cnn, layer 0: 8 filters of 3×3"))
      _ = try run(["runs", "report", "--output", "a.md"], in: folder)
      let report = try String(contentsOf: folder.appendingPathComponent("a.md"), encoding: .utf8)
      #expect(report.contains("What learning added"))
    }
  }

  @Test func filtersAreTied() throws {
    try Places.withTemporaryFolder { folder in
      let data = ["gratings", "--count", "300", "--quiet"]
      _ = try run(
        ["train"] + data + ["--network", "small", "--epochs", "2", "--output", "small.safetensors"], in: folder)
      let arguments = ["re-tie"] + data + ["--network", "small", "--weights", "small.safetensors"]
      let some = arguments + ["--basis", "fourier", "--atoms", "1,9"]
      let text = try run(some + ["--epochs", "0", "--output", "tied.svg"], in: folder).output
      #expect(text.contains("as learned") && text.contains("fourier, 1 atom ") && text.contains("fourier, 9 atoms"))
      #expect(!text.contains("epochs"))
      let report = try #require(json(run(some + ["--epochs", "1", "--json"], in: folder).output) as? [String: Any])
      let rows = try #require(report["rows"] as? [[String: Any]])
      #expect(rows.count == 3 && rows.allSatisfy { $0["retrained"] != nil })
      #expect(try #require(rows[2]["error"] as? Double) < 1e-6)
      for (wrong, part) in [(["--basis", "haar"], "has no atoms of 3×3"), (["--atoms", "10"], "10 atoms")] {
        let refused = try Command.run(arguments + wrong, in: folder)
        #expect(refused.status == 1 && refused.errors.contains(part) && refused.output.isEmpty, "\(refused.errors)")
      }
    }
  }

  /// What a run has tested is what is tied and moved: the accuracies before are those of its first repeat.
  @Test func aRunIsTiedAndMoved() throws {
    try Places.withTemporaryFolder { folder in
      _ = try run(
        [
          "compare", "--dataset", "ramps", "motifs", "--count", "200", "--models", "pca:4", "haar+l1", "cnn:4x8",
          "lecun-1989",
          "--no-controls", "--splits", "2", "--trials", "2", "--epochs", "3", "--refit", "--name", "a", "--quiet",
        ], in: folder)
      let scores = try String(contentsOf: folder.appendingPathComponent("runs/a/results.csv"), encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      for model in ["cnn:4x8", "lecun-1989"] {
        let arguments = ["re-tie", "a", "--table", "ramps", "--model", model, "--basis", "dct", "--atoms", "2"]
        let report = try #require(
          json(run(arguments + ["--epochs", "1", "--json", "--quiet"], in: folder).output) as? [String: Any])
        let rows = try #require(report["rows"] as? [[String: Any]])
        let accuracy = try #require(((rows[0]["atOnce"] as? [String: Any])?["accuracy"] as? [String: Any])?["mean"])
        let row = try #require(scores.first { $0[0] == "ramps" && $0[2] == "1" && $0[3] == model })
        #expect(accuracy as? Double == Double(row[7]) && rows.count == 2, "\(accuracy) \(row)")
      }
      let moved = ["equivariance", "runs/a", "--table", "motifs", "--shift", "0,2", "--images", "20"]
      let report = try #require(
        json(run(moved + ["--model", "pca:4", "haar+l1", "cnn:4x8", "--json"], in: folder).output) as? [String: Any])
      let subjects = try #require(report["subjects"] as? [[String: Any]])
      #expect(
        subjects.map { $0["name"] as? String } == ["pca:4", "haar+l1", "cnn:4x8"] && report["images"] as? Int == 20)
      for subject in subjects { #expect((subject["changes"] as? [Double])?.first == 0) }
      for (wrong, part) in [
        (["re-tie", "a"], "--table"), (["re-tie", "a", "--table", "motifs", "--model", "pca:4"], "no network"),
        (["equivariance", "a", "--table", "ramps", "--model", "cnn"], "unknown model of the run 'cnn'"),
        (["re-tie", "b"], "there is no run 'b'"),
      ] {
        let refused = try Command.run(wrong, in: folder)
        #expect(refused.status == 1 && refused.errors.contains(part) && refused.output.isEmpty, "\(refused.errors)")
      }
    }
  }

  /// The control is fitted again to the labels that the run dealt: its setting is found among those tried now.
  @Test func aModelOfDealtLabelsIsMoved() throws {
    try Places.withTemporaryFolder { folder in
      _ = try run(
        [
          "compare", "--dataset", "ramps", "--count", "120", "--models", "shuffled:haar+l1", "shuffled:mlp:4",
          "haar+l1",
          "--no-controls", "--splits", "2", "--trials", "4", "--epochs", "4", "--name", "a", "--quiet",
        ], in: folder)
      let moved = ["equivariance", "a", "--shift", "0,2", "--model"]
      #expect(try run(moved + ["shuffled:haar+l1"], in: folder).output.contains("shuffled:haar+l1"))
      let refused = try Command.run(moved + ["shuffled:mlp:4"], in: folder)
      #expect(refused.status == 1 && refused.errors.contains("has not kept its weights"), "\(refused.errors)")
    }
  }

  @Test func layersAndFeaturesAreMoved() throws {
    try Places.withTemporaryFolder { folder in
      let text = try run(
        ["equivariance", "gratings", "--count", "300", "--test-fraction", "0.3"] + Self.network
          + [
            "--features", "log-fourier", "--shift", "1", "--rotation", "15", "--scale", "1.1", "--circular", "--output",
            "moved.svg", "--quiet",
          ], in: folder
      ).output
      for word in ["0 Conv2D", "7 Dense", "log-fourier", "decisions changed", "rotation 15°", "go round"] {
        #expect(text.contains(word), "\(word)")
      }
      let line = try #require(text.split(separator: "\n").first { $0.hasPrefix("features") })
      #expect(line.split(separator: " ")[2] == "0.0")
    }
  }

  @Test(arguments: [
    (["project", weights], 2, "--network"), (["project", "x", "--network", "small"], 2, "--network"),
    (["project", weights, "--network", "small", "--layer", "6"], 1, "layer with filters"),
    (["project", weights, "--network", "small", "--basis", "gabor"], 1, "orthonormal"),
    (["project", weights, "--network", "small", "--output", "a.svg"], 1, "--layer"),
    (["project", weights, "--network", "small", "--draws", "1"], 2, "--draws"),
    (["re-tie", "gratings"] + network, 1, "10 classes"),
    (["equivariance", "gratings"], 2, "--features"), (["equivariance", "gratings"] + network, 1, "--test-fraction"),
    (["equivariance", "gratings", "--network", "small"], 2, "together"),
    (["re-tie", "gratings"], 2, "a run of 'compare'"), (["re-tie", "a", "--groups", "files"], 2, "--groups"),
    (["equivariance", "a", "--features", "pixels"], 2, "is taken for a run"),
    (["equivariance", "gratings", "--features", "pixels", "--model", "cnn"], 2, "--model goes with a run"),
    (["equivariance", "gratings", "--features", "fourrier"], 2, "did you mean"),
    (["equivariance", "gratings", "--features", "pixels", "--scale", "0"], 2, "--scale"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, part: String) throws {
    let run = try Command.run(arguments + ["--quiet"])
    #expect(run.status == status && run.errors.contains(part), "\(run.errors)")
    #expect(run.output.isEmpty)
  }
}
