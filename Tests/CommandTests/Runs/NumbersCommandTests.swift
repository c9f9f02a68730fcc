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
      let asked = try Command.run(["equivariance", "a", "--table", "n"], in: folder)
      #expect(asked.status == 1 && asked.errors.contains("explains numbers"), "\(asked.errors)")
    }
  }

  @Test(arguments: [
    (["--dataset", "n.npz", "--models", "majority"], 1, "Write 'mean'"),
    (["--dataset", "n.npz", "--family", "multinomial"], 1, "n.npz"),
    (["--dataset", "n.npz", "--family", "poisson"], 1, "is below 0"),
    (["--dataset", "same.npz", "--family", "gaussian"], 1, "the same number"),
    (["--dataset", "ramps", "--family", "gaussian"], 1, "its images have classes"),
    (["--dataset", "n.npz", "--family", "binomial"], 2, "--family"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      try write((0..<60).map { Double($0) / 4 - 2 }, to: folder.appendingPathComponent("n.npz"))
      try write([Double](repeating: 3, count: 60), to: folder.appendingPathComponent("same.npz"))
      let run = try Command.run(["compare", "--count", "80"] + arguments, in: folder)
      #expect(run.status == status && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
    }
  }
}
