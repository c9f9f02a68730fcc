import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct PredictCommandTests {
  private static func fixture(_ name: String) -> String { Places.fixture(name).path }

  private func predict(_ network: String, _ data: String, _ more: [String] = []) throws -> Command.Outcome {
    try Command.run(
      ["predict", Self.fixture(data), "--network", network == "residual" ? Self.fixture("residual.yaml") : network]
        + ["--weights", Self.fixture("\(network).safetensors")] + more)
  }

  private func tensor(_ url: URL) throws -> Tensor<Float> { try NPY.read(url).tensor() }

  @Test(arguments: [("small", "batch.npz"), ("mlp", "batch.npz"), ("residual", "batch.npz"), ("standard", "tiny.npz")])
  func logitsAreThoseOfPyTorch(network: String, data: String) throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("logits.npy")
      let run = try predict(network, data, ["--output", url.path])
      #expect(run.status == 0, "\(run.errors)")
      #expect(run.output.isEmpty == (data == "tiny.npz"))
      let expected = try tensor(Places.fixture("\(network)-logits.npy"))
      #expect(try relativeError(tensor(url), expected) < 1e-5)
      #expect(try NPY.read(url).elementType == .float32)
    }
  }

  @Test func layersClassesAndProbabilitiesFollow() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("out.npy")
      #expect(try predict("standard", "tiny.npz", ["--layer", "3", "--output", url.path]).status == 0)
      #expect(try relativeError(tensor(url), tensor(Places.fixture("standard-layer-3.npy"))) < 1e-5)
      let logits = try tensor(Places.fixture("standard-logits.npy"))
      #expect(try predict("standard", "tiny.npz", ["--classes", "--output", url.path]).status == 0)
      let classes = try NPY.read(url)
      let expected = (0..<5).map { row in (0..<10).max { logits[row, $0] < logits[row, $1] }! }
      #expect(try classes.elementType == .int64 && classes.integers() == expected)
      #expect(try predict("standard", "tiny.npz", ["--probabilities", "--output", url.path]).status == 0)
      let probabilities = try tensor(url)
      for row in 0..<5 {
        #expect(abs(probabilities[rows: row..<row + 1].sum - 1) < 1e-6)
        let ratio = log(probabilities[row, 3] / probabilities[row, 8])
        #expect(abs(ratio - (logits[row, 3] - logits[row, 8])) < 1e-4)
      }
    }
  }

  @Test func featureMapsOfOneImageAreAPicture() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("maps.svg")
      let run = try predict("standard", "tiny.npz", ["--layer", "3", "--image", "2", "--output", url.path])
      #expect(run.status == 0 && run.errors.contains("32 maps of image 2"), "\(run.errors)")
      let text = try String(contentsOf: url, encoding: .utf8)
      for word in ["Layer 3 of standard, image 2", "32 maps of", ">31<", "each map on its own scale"] {
        #expect(text.contains(word), "\(word)")
      }
    }
  }

  @Test(arguments: [
    (["--layer", "9", "--output", "maps.png"], 1, "expected maps [F, h, w]"),
    (["--layer", "3", "--output", "maps.png", "--image", "5"], 1, "--image: expected 0 to 4, got 5"),
    (["--output", "maps.png"], 2, ".npy"), (["--confusion", "c.svg"], 1, "'y'"),
    (["--layer", "33"], 1, "unknown layer '33'"), (["--layer", "3", "--classes"], 2, "at most one"),
    (["--split", "test"], 1, "no official split"), (["--split", "tst"], 2, "tst"), (["--output", "x.csv"], 2, ".npy"),
    (["--network", "small"], 1, "standard.safetensors: 0.weight has shape [32, 1, 3, 3] instead of [8, 1, 3, 3]"),
    (["--weights", "gone.safetensors"], 1, "gone.safetensors"), (["--groups", "g"], 1, "there is no array 'g'"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, part: String) throws {
    try Places.withTemporaryFolder { folder in
      let output = folder.appendingPathComponent("o.npy").path
      let run = try predict("standard", "tiny.npz", ["--output", output] + arguments)
      #expect(run.status == status && run.errors.contains(part), "\(run.errors)")
      #expect(run.output.isEmpty && run.errors.split(separator: "\n").count <= 4, "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: output))
    }
  }
}
