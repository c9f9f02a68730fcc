import Formats
import Foundation
import LinearModels
import Tensors
import TestSupport
import Testing

/// Networks that a YAML file describes, as models of a comparison.
@Suite struct DescribedNetworkTests {
  private static let deep = """
    layers:
      - Conv2D: {outputChannels: 4, kernelSize: 5, padding: 2}
      - ReLU
      - MaxPool2D: 4
      - Flatten
      - Dense: classes
    """
  private static let held = deep.replacingOccurrences(
    of: "padding: 2}", with: "padding: 2}\n    startingFrom: {basis: dct}\n    frozen: true")
  private static let design = ["--no-controls", "--splits", "2", "--trials", "2", "--epochs", "3", "--quiet"]

  private func write(_ files: [String: String], in folder: URL) throws {
    for (name, text) in files {
      let url = folder.appendingPathComponent(name)
      try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(text.utf8).write(to: url)
    }
  }

  private func compare(_ arguments: [String], in folder: URL) throws -> Command.Outcome {
    let run = try Command.run(["compare"] + Self.design + arguments, in: folder)
    #expect(run.status == 0, "\(run.errors)")
    return run
  }

  @Test func filesAreModels() throws {
    try Places.withTemporaryFolder { folder in
      try write(["nets/deep.yaml": Self.deep, "held.yml": Self.held], in: folder)
      let models = ["haar:9", "nets/deep.yaml", "held.yml", "frozen:nets/deep.yaml:fourier", "shuffled:nets/deep.yaml"]
      let data = ["--dataset", "ramps", "--count", "200", "--name", "a"]
      let text = try compare(["--models"] + models + data, in: folder).output
      for (model, side) in [
        ("deep", "learned"), ("held", "fixed"), ("frozen:deep:fourier", "fixed"), ("shuffled:deep", "control"),
      ] {
        let row = try #require(text.split(separator: "\n").first { $0.dropFirst(3).hasPrefix("\(model) ") }, "\(text)")
        #expect(row.contains(" \(side) "), "\(row)")
      }
      let kept = folder.appendingPathComponent("runs/a/networks/deep.yaml")
      #expect(try String(contentsOf: kept, encoding: .utf8) == Self.deep)
      let projected = try Command.run(["project", "a", "--basis", "dct", "--draws", "20"], in: folder)
      #expect(projected.output.contains("ramps, deep, layer 0: 4 filters of 5×5"), "\(projected.errors)")
      #expect(try Command.run(["runs", "list", "--model", "deep"], in: folder).output.contains("ramps"))
      _ = try Command.run(["runs", "report", "a", "--output", "a.md"], in: folder)
      let report = try String(contentsOf: folder.appendingPathComponent("a.md"), encoding: .utf8)
      #expect(report.contains("## The network deep\n\n    layers:\n      - Conv2D:"), "\(report)")
    }
  }

  /// The weights that a run keeps are those of `predict` on the same file, 8-bit pixels and all.
  @Test func keptWeightsPredictWhatTheRunPredicted() throws {
    try Places.withTemporaryFolder { folder in
      var stream = RandomStream(seed: 4)
      let pixels = (0..<90 * 64).map { _ in UInt8(stream.next() >> 57) }
      let labels = (0..<90).map { $0 % 3 }
      try NPZ.write(
        [
          ("X", NumPyArray(Tensor<UInt8>(pixels, shape: [90, 8, 8]))), ("y", NumPyArray(labels)),
        ], to: folder.appendingPathComponent("bytes.npz"))
      try write(["deep.yaml": Self.deep], in: folder)
      _ = try compare(["--dataset", "bytes.npz", "--models", "haar:9", "deep.yaml", "--name", "a"], in: folder)
      let weights = "runs/a/weights/bytes/deep.safetensors"
      let run = try Command.run(
        [
          "predict", "bytes.npz", "--network", "deep.yaml", "--weights", weights, "--split", "all", "--output", "l.npy",
        ],
        in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let logits: Tensor<Double> = try NPY.read(folder.appendingPathComponent("l.npy")).tensor(as: Double.self)
      let archive = try NPZ.read(folder.appendingPathComponent("runs/a/predictions/bytes.npz"))
      let kept: Tensor<Double> = try archive["split1/deep"].tensor(as: Double.self)
      let again = Softmax.probabilities(logits.gatheringRows(try archive["split1/test_indices"].integers()))
      #expect(relativeError(again, kept) < 1e-4, "\(relativeError(again, kept))")
    }
  }

  @Test func aChangedFileIsRefused() throws {
    try Places.withTemporaryFolder { folder in
      try write(["deep.yaml": Self.deep], in: folder)
      let data = ["--dataset", "ramps", "--count", "200", "--name", "a"]
      let first = try compare(["--models", "haar:9", "deep.yaml"] + data, in: folder)
      let same = try Command.run(["compare", "--resume", "a", "--quiet"], in: folder)
      #expect(same.status == 0 && same.output == first.output, "\(same.errors)")
      try write(["deep.yaml": Self.deep.replacingOccurrences(of: "kernelSize: 5", with: "kernelSize: 3")], in: folder)
      let changed = try Command.run(["compare", "--resume", "a", "--quiet"], in: folder)
      #expect(changed.status == 1 && changed.output.isEmpty)
      #expect(changed.errors.contains("--models was deep.yaml with checksum "), "\(changed.errors)")
    }
  }

  @Test(arguments: [
    (["missing.yaml"], 2, "missing.yaml"), (["cnn.yaml"], 2, "'cnn' is the name of another model"),
    (["deep.yaml:4x4"], 2, "The widths of its layers are in the file"),
    (["deep.yaml", "other/deep.yaml"], 2, "deep"), (["deep.yaml", "open.yaml"], 1, "Dense: classes"),
    (["wrong.yaml"], 1, "wrong.yaml:2:5"), (["frozen:deep.yaml:harr"], 2, "did you mean 'haar'?"),
    (["all.yaml"], 1, "nothing to learn"), (["deep yaml.yaml"], 2, "cannot name a model"),
  ])
  func mistakesAreNamed(models: [String], status: Int32, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      try write(
        [
          "deep.yaml": Self.deep, "other/deep.yaml": Self.held, "cnn.yaml": Self.deep, "deep yaml.yaml": Self.deep,
          "open.yaml": "layers: [Flatten, {Dense: 7}]", "wrong.yaml": "layers:\n  - Cnov2D: {outputChannels: 4}",
          "all.yaml": "layers: [Flatten, {Dense: classes, frozen: true}]",
        ], in: folder)
      let run = try Command.run(["compare", "--count", "80", "--dataset", "ramps", "--models"] + models, in: folder)
      #expect(run.status == status && run.output.isEmpty && run.errors.contains(complaint), "\(run.errors)")
      #expect(!FileManager.default.fileExists(atPath: folder.appendingPathComponent("runs").path))
    }
  }
}
