import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// `compare` on images with numbers instead of classes, and what becomes of such a run.
@Suite struct NumbersCommandTests {
  private static let design = [
    "--models", "haar:8", "mlp:4", "--splits", "2", "--trials", "2", "--epochs", "3", "--quiet",
  ]

  private func write(_ numbers: [Double], to url: URL) throws {
    var stream = RandomStream(seed: 2)
    let pixels = (0..<numbers.count * 64).map { _ in Float(stream.uniform(in: 0..<1)) }
    try NPZ.write(
      [("X", NumPyArray(Tensor(pixels, shape: [numbers.count, 8, 8]))), ("y", NumPyArray(Tensor(numbers)))], to: url)
  }

  @Test func aRunOfNumbersIsShownReportedAndResumed() throws {
    try Places.withTemporaryFolder { folder in
      try write((0..<60).map { Double($0 % 17) / 4 }, to: folder.appendingPathComponent("n.npz"))
      let run = try Command.run(
        ["compare", "--dataset", "n.npz", "ramps", "--count", "200", "--name", "a", "--perturb", "shift:1"]
          + Self.design, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      for words in [
        "RMSE under", "R²", "best learned model by validation root mean squared error: mlp:4", "shuffled:mlp:4",
      ] {
        #expect(run.output.contains(words), "\(words)\n\(run.output)")
      }
      #expect(run.output.contains(" − RMSE of mlp:4 = ") && run.output.contains("points of accuracy"))
      #expect(run.output.contains("stratified by ranges of the numbers"))
      #expect(try Command.run(["runs", "show", "a"], in: folder).output == run.output)
      let resumed = try Command.run(["compare", "--resume", "a", "--quiet"], in: folder)
      #expect(resumed.status == 0 && resumed.output == run.output, "\(resumed.errors)")
      let looks = try Command.run(["runs", "show", "a", "--evaluations", "--json"], in: folder)
      #expect(looks.output.contains("\"rootMeanSquaredError\"") && looks.output.contains("\"accuracy\""))
      let csv = try String(contentsOf: folder.appendingPathComponent("runs/a/results.csv"), encoding: .utf8)
      #expect(csv.contains("test_root_mean_squared_error") && csv.contains("test_accuracy_shift:1"))
      for (file, words) in [
        ("a.html", "Root mean squared error on the test images"), ("a.md", "linear regression of numbers"),
        ("a.tex", "RMSE of each fixed model"),
      ] {
        let report = try Command.run(["runs", "report", "a", "--output", file], in: folder)
        #expect(report.status == 0, "\(report.errors)")
        let text = try String(contentsOf: folder.appendingPathComponent(file), encoding: .utf8)
        #expect(text.contains(words), "\(file)")
      }
    }
  }

  private func json(_ arguments: [String], in folder: URL) throws -> [String: Any] {
    let outcome = try Command.run(arguments + ["--json", "--quiet"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  /// What a run has tested is what is tied and moved: the errors before are those of its first repeat.
  @Test(arguments: [("gaussian", "rootMeanSquaredError"), ("poisson", "deviance")])
  func aRunOfNumbersIsTiedAndMoved(family: String, measure: String) throws {
    try Places.withTemporaryFolder { folder in
      try write((0..<60).map { Double($0 % 7) }, to: folder.appendingPathComponent("n.npz"))
      let run = try Command.run(
        ["compare", "--dataset", "n.npz", "--family", family, "--name", "a", "--no-controls"] + Self.design, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let rows = try String(contentsOf: folder.appendingPathComponent("runs/a/results.csv"), encoding: .utf8)
        .split(separator: "\n").map { $0.split(separator: ",", omittingEmptySubsequences: false) }
      let column = try #require(rows[0].firstIndex { $0.hasPrefix("test_") })
      let tested = try #require(rows.first { $0[2] == "1" && $0[3] == "mlp:4" })
      let options = ["re-tie", "a", "--basis", "dct", "--atoms", "1", "64", "--epochs", "2"]
      let report = try json(options, in: folder)
      let scores = try #require(report["rows"] as? [[String: Any]])
      func estimate(_ row: Int, _ place: String, _ name: String) throws -> [String: Double] {
        try #require((scores[row][place] as? [String: Any])?[name] as? [String: Double], "\(scores[row])")
      }
      let before = try #require(estimate(0, "atOnce", measure)["mean"])
      #expect(abs(before / (Double(tested[column]) ?? .nan) - 1) < 1e-12 && report["family"] as? String == family)
      #expect(try estimate(0, "atOnce", "rise") == ["mean": 0, "lower": 0, "upper": 0])
      let (tied, rise) = (try estimate(1, "atOnce", measure), try estimate(1, "atOnce", "rise"))
      #expect(abs(try #require(tied["mean"]) - before - (rise["mean"] ?? .nan)) < 1e-12)
      #expect(try #require(tied["lower"]) < #require(tied["mean"]) && #require(rise["lower"]) < #require(rise["upper"]))
      #expect(abs(try #require(estimate(2, "atOnce", "rise")["mean"])) < 1e-5, "64 atoms of 8×8 are all")
      #expect(try estimate(0, "retrained", measure) != estimate(0, "atOnce", measure))
      let lines = try Command.run(options, in: folder).output
      #expect(lines.contains(family == "gaussian" ? "RMSE after 2 epochs" : "deviance after 2 epochs"))

      let moved = try json(["equivariance", "a", "--shift", "0,2"], in: folder)
      for subject in try #require(moved["subjects"] as? [[String: Any]]) {
        let changes = try #require(subject["changes"] as? [Double])
        #expect(changes[0] == 0 && changes[1] > 0 && abs((subject["spread"] as? Double ?? 0) - 2) < 0.2)
      }
      let text = try Command.run(["equivariance", "a", "--shift", "1"], in: folder).output
      #expect(text.contains("relative to the deviation of the numbers") && !text.contains("decisions"))
      let refused = try Command.run(["re-tie", "a", "--loss", "cross-entropy"], in: folder)
      #expect(refused.status == 1 && refused.errors.contains("which 'cross-entropy' is not for"), "\(refused.errors)")
    }
  }

  /// A network of counts, which whole numbers are only because it says so.
  @Test func aNetworkOfCountsIsMovedAndTied() throws {
    try Places.withTemporaryFolder { folder in
      try write((0..<60).map { Double($0 % 7) }, to: folder.appendingPathComponent("n.npz"))
      func network(_ file: String) -> [String] { ["--network", "mlp", "--weights", file] }
      let train = ["train", "n.npz", "--network", "mlp", "--epochs", "2", "--quiet", "--output"]
      #expect(try Command.run(train + ["c.safetensors", "--loss", "poisson"], in: folder).status == 0)
      let moved = try json(
        ["equivariance", "n.npz", "--test-fraction", "0.3", "--shift", "0,2"] + network("c.safetensors"), in: folder)
      let subject = try #require((moved["subjects"] as? [[String: Any]])?.first)
      let changes = try #require(subject["changes"] as? [Double])
      #expect(changes[0] == 0 && changes[1] > 0 && abs((subject["spread"] as? Double ?? 0) - 2) < 0.2)
      #expect(try Command.run(train + ["k.safetensors"], in: folder).status == 0)
      let refused = try Command.run(["re-tie", "n.npz", "--loss", "poisson"] + network("k.safetensors"), in: folder)
      #expect(refused.status == 1 && refused.errors.contains("explains classes, which 'poisson' is not for"))
    }
  }

  @Test(arguments: [
    (["--dataset", "n.npz", "--models", "majority"], 1, "Write 'mean'"),
    (["--dataset", "low.npz", "--models", "pixels+log"], 1, "model 'pixels+log': the mean of the training numbers is"),
    (["--dataset", "low.npz", "--models", "haar+l1+log"], 1, "Write 'haar+l1'."),
    (["--dataset", "n.npz", "--family", "multinomial"], 1, "n.npz"),
    (["--dataset", "n.npz", "--family", "poisson"], 1, "is below 0"),
    (["--dataset", "same.npz", "--family", "gaussian"], 1, "the same number"),
    (["--dataset", "ramps", "--family", "gaussian"], 1, "its images have classes"),
    (["--dataset", "n.npz", "--family", "binomial"], 2, "--family"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      try write((0..<60).map { Double($0) / 4 - 2 }, to: folder.appendingPathComponent("n.npz"))
      try write((0..<60).map { -Double($0) / 4 }, to: folder.appendingPathComponent("low.npz"))
      try write([Double](repeating: 3, count: 60), to: folder.appendingPathComponent("same.npz"))
      let run = try Command.run(["compare", "--count", "80"] + arguments, in: folder)
      #expect(run.status == status && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
    }
  }
}
