import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// Commands on a file whose `y` holds numbers with fractions.
@Suite struct NumbersFileTests {
  private static let numbers = (0..<90).map { 2 + Double(($0 * 37) % 90) / 8 }

  /// 60 images for training and 30 for testing, 4×4, with a number each.
  private func withFile(_ body: (URL) throws -> Void) throws {
    let images = randomTensor([90, 4, 4], seed: 4, as: Float.self)
    try Places.withTemporaryFolder { folder in
      try NPZ.write(
        [
          ("X_train", NumPyArray(images[rows: 0..<60])), ("X_test", NumPyArray(images[rows: 60..<90])),
          ("y_train", NumPyArray(Tensor(Array(Self.numbers[0..<60])))),
          ("y_test", NumPyArray(Tensor(Array(Self.numbers[60..<90])))),
        ], to: folder.appendingPathComponent("d.npz"))
      try NPY.write(NumPyArray(Tensor(Self.numbers)), to: folder.appendingPathComponent("r.npy"))
      try body(folder)
    }
  }

  private func json(_ arguments: [String], in folder: URL) throws -> [String: Any] {
    let outcome = try Command.run(arguments + ["--json"], in: folder)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try #require(try JSONSerialization.jsonObject(with: Data(outcome.output.utf8)) as? [String: Any])
  }

  /// The numbers of the file are explained as the same numbers in a file of their own are.
  @Test(arguments: [[], ["--penalty", "l1", "--cross-validate", "4"], ["--link", "log"]])
  func fitExplainsThem(options: [String]) throws {
    try withFile { folder in
      let own = try json(["fit", "d.npz", "--basis", "haar:5"] + options, in: folder)
      let given = try json(
        ["fit", "d.npz", "--basis", "haar:5", "--family", "gaussian", "--response", "r.npy"] + options, in: folder)
      #expect(own["family"] as? String == "gaussian" && own["deviance"] as? Double == given["deviance"] as? Double)
      #expect((own["test"] as? [String: Any])?["images"] as? Int == 30)
      #expect((own["coefficients"] as? [Any])?.count == (options.contains("l1") ? 0 : 6))
    }
  }

  /// Range, mean and deviation, by formulas written out.
  @Test func infoDescribesThem() throws {
    try withFile { folder in
      let info = try json(["data", "info", "d.npz"], in: folder)
      let found = try #require(info["numbers"] as? [String: Double])
      let mean = Self.numbers.reduce(0, +) / 90
      let variance = Self.numbers.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 89
      #expect(found["smallest"] == 2 && found["largest"] == 2 + 89.0 / 8)
      #expect(abs((found["mean"] ?? 0) - mean) < 1e-12)
      #expect(abs((found["standardDeviation"] ?? 0) - variance.squareRoot()) < 1e-12)
      #expect((info["classes"] as? [[String: Any]])?.compactMap { $0["count"] as? Int }.reduce(0, +) == 90)
      let text = try Command.run(["data", "info", "d.npz"], in: folder).output
      #expect(text.contains("2…13.125, mean 7.5625, standard deviation"))
    }
  }

  @Test func picturesAndFeaturesTakeThem() throws {
    try withFile { folder in
      let preview = try Command.run(["data", "preview", "d.npz"], in: folder)
      #expect(preview.status == 0 && preview.errors.contains("rows from the top are 2 … "), "\(preview.errors)")
      let features = ["features", "d.npz", "--basis", "haar@f-statistic:3", "--output", "X.npy", "--labels", "y.npy"]
      #expect(try Command.run(features, in: folder).status == 0)
      let labels: Tensor<Double> = try NPY.read(folder.appendingPathComponent("y.npy")).tensor()
      #expect(labels.elements == Self.numbers)
      #expect(try Command.run(["atoms", "--basis", "pca", "--dataset", "d.npz", "--quiet"], in: folder).status == 0)
    }
  }

  /// A network that is trained in two goes, its scores by the formulas from what `predict` writes, and by `re-tie`.
  @Test(arguments: [("squared", "rootMeanSquaredError"), ("poisson", "deviance")])
  func networksExplainThem(loss: String, measure: String) throws {
    try withFile { folder in
      let train = [
        "train", "d.npz", "--network", "mlp", "--batch-size", "16", "--loss", loss, "--early-stopping", "9", "--output",
      ]
      let report = try json(train + ["w.safetensors", "--epochs", "6", "--quiet"], in: folder)
      #expect(try Command.run(train + ["p.safetensors", "--epochs", "2"], in: folder).status == 0)
      #expect(try Command.run(train + ["p.safetensors", "--epochs", "6", "--resume"], in: folder).status == 0)
      let files = try ["w", "p"].map { try Data(contentsOf: folder.appendingPathComponent("\($0).safetensors")) }
      #expect(files[0] == files[1])

      let weights = ["--network", "mlp", "--weights", "w.safetensors"]
      let predict = ["predict", "d.npz"] + weights + ["--split", "test", "--output", "z.npy"]
      let judged = try json(predict, in: folder)
      let values: Tensor<Double> = try NPY.read(folder.appendingPathComponent("z.npy")).tensor()
      #expect(values.shape == [30, 1])
      let terms = zip(values.elements, Self.numbers[60..<90]).map { found, number in
        loss == "squared" ? (found - number) * (found - number) : 2 * (number * log(number / found) - number + found)
      }
      let mean = terms.reduce(0, +) / 30
      let expected = loss == "squared" ? mean.squareRoot() : mean
      #expect(abs((judged[measure] as? Double ?? 0) / expected - 1) < 1e-5)
      #expect((report["test"] as? [String: Any])?[measure] as? Double == judged[measure] as? Double)
      #expect((report["epochs"] as? [[String: Any]])?.allSatisfy { $0["validationAccuracy"] == nil } == true)

      let tie = ["re-tie", "d.npz"] + weights + ["--basis", "dct", "--atoms", "3", "--epochs", "1", "--quiet"]
      let rows = try #require(try json(tie, in: folder)["rows"] as? [[String: Any]])
      let before = ((rows[0]["atOnce"] as? [String: Any])?[measure] as? [String: Double])?["mean"]
      #expect(abs((before ?? 0) / expected - 1) < 1e-5)
    }
  }

  /// Images need no numbers, so that a `y` of text keeps nothing from being written but scores.
  @Test func predictionsNeedNoNumbers() throws {
    try withFile { folder in
      let train = ["train", "d.npz", "--network", "mlp", "--epochs", "1", "--output", "w.safetensors", "--quiet"]
      #expect(try Command.run(train, in: folder).status == 0)
      let images = randomTensor([5, 4, 4], seed: 3, as: Float.self)
      try NPZ.write(
        [("X", NumPyArray(images)), ("y", NumPyArray(["a", "b", "a", "b", "c"]))],
        to: folder.appendingPathComponent("t.npz"))
      let predict = ["predict", "t.npz", "--network", "mlp", "--weights", "w.safetensors", "--output"]
      let loud = try Command.run(predict + ["z.npy"], in: folder)
      #expect(loud.status == 0 && loud.output.isEmpty && loud.errors.contains("no scores: "), "\(loud.errors)")
      #expect(try NPY.read(folder.appendingPathComponent("z.npy")).shape == [5, 1])
      let quiet = try Command.run(predict + ["q.npy", "--quiet"], in: folder)
      #expect(quiet.status == 0 && quiet.output.isEmpty && quiet.errors.isEmpty, "\(quiet.errors)")
      #expect(try Command.run(predict + ["j.npy", "--json"], in: folder).status == 1)
    }
  }

  @Test(arguments: [
    (["fit", "d.npz", "--basis", "haar", "--family", "multinomial"], "has numbers instead of the classes"),
    (["fit", "d.npz", "--basis", "haar", "--family", "binomial"], "Take --family gaussian"),
    (["fit", "d.npz", "--basis", "haar", "--classifier", "ridge"], "has numbers instead of the classes"),
    (["compare", "--dataset", "d.npz", "--family", "multinomial"], "label 1 is 6.625, expected classes"),
    (["train", "d.npz", "--network", "mlp", "--output", "w.safetensors", "--loss", "cross-entropy"], "is not for"),
    (
      ["train", "d.npz", "--network", "mlp", "--output", "w.safetensors", "--classes", "3"],
      "--classes: goes with classes"
    ),
    (["train", "d.npz", "--network", "net-1", "--output", "w.safetensors"], "was made for classes"),
    (["compare", "--dataset", "d.npz", "--family", "multinomial"], "explained by the gaussian family"),
  ])
  func whatNeedsClassesSaysSo(arguments: [String], complaint: String) throws {
    try withFile { folder in
      let outcome = try Command.run(arguments, in: folder)
      #expect(outcome.status == 1 && outcome.output.isEmpty && outcome.errors.contains(complaint), "\(outcome.errors)")
    }
  }
}
