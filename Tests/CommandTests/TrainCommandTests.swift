import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct TrainCommandTests {
  private static let oneStep = [
    "--epochs", "1", "--batch-size", "7", "--optimizer", "sgd", "--learning-rate", "1", "--no-shuffle", "--validation",
    "0", "--quiet",
  ]
  private static let quick = [
    "train", "motifs", "--count", "400", "--network", "small", "--epochs", "4", "--batch-size", "32", "--optimizer",
    "nesterov", "--schedule", "cosine:1", "--early-stopping", "3", "--quiet",
  ]

  private static func fixture(_ name: String) -> String { Places.fixture(name).path }

  private func check(_ url: URL, equals expected: URL, within tolerance: Float) throws {
    let (found, right) = (try Safetensors.read(url), try Safetensors.read(expected))
    #expect(Set(found.names) == Set(right.names))
    for name in right.names {
      #expect(try found[name].elementType == right[name].elementType, "\(name)")
      let (a, b): (Tensor<Float>, Tensor<Float>) = (try found[name].tensor(), try right[name].tensor())
      #expect(relativeError(a, b) <= tolerance, "\(name): \(relativeError(a, b))")
    }
  }

  @Test(arguments: [("small", "small"), ("mlp", "mlp"), ("residual", "residual.yaml")])
  func oneStepIsThatOfPyTorch(name: String, network: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        ["train", Self.fixture("batch.npz"), "--network", network == name ? name : Self.fixture(network), "--weights"]
          + [Self.fixture("\(name).safetensors"), "--output", "out.safetensors"] + Self.oneStep, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let output = folder.appendingPathComponent("out.safetensors")
      try check(output, equals: Places.fixture("\(name)-stepped.safetensors"), within: 1e-4)
      let unchanged = try Safetensors.read(Places.fixture("\(name).safetensors"))
      let weight = unchanged.names.first { $0.hasSuffix("weight") }!
      let (before, after): (Tensor<Float>, Tensor<Float>) = (
        try unchanged[weight].tensor(), try Safetensors.read(output)[weight].tensor()
      )
      #expect(relativeError(after, before) > 1e-3)
    }
  }

  @Test func resumingGivesTheBitsOfATrainingThatNeverStopped() throws {
    try Places.withTemporaryFolder { folder in
      for (name, rest) in [("whole", []), ("part", ["--epochs", "2"]), ("part", ["--resume"])] {
        let run = try Command.run(
          Self.quick + ["--schedule", "step:1,0.5", "--output", "\(name).safetensors"] + rest, in: folder)
        #expect(run.status == 0, "\(run.errors)")
      }
      #expect(try bytes("whole.safetensors", folder) == bytes("part.safetensors", folder))
      #expect(try curve("whole.csv", folder) == curve("part.csv", folder))
    }
  }

  @Test func sameSeedSameBitsForAnyNumberOfThreads() throws {
    try Places.withTemporaryFolder { folder in
      for threads in ["1", "2", "3"] {
        let run = try Command.run(
          Self.quick + ["--threads", threads, "--output", "\(threads).safetensors"], in: folder)
        #expect(run.status == 0, "\(run.errors)")
      }
      let other = try Command.run(Self.quick + ["--seed", "2", "--output", "4.safetensors"], in: folder)
      #expect(other.status == 0)
      let bytes = try (1...4).map { try self.bytes("\($0).safetensors", folder) }
      #expect(bytes[0] == bytes[1] && bytes[0] == bytes[2] && bytes[0] != bytes[3])
    }
  }

  @Test func aStoppedTrainingLeavesAUsableCheckpoint() throws {
    try Places.withTemporaryFolder { folder in
      let long = ["train", "motifs", "--network", "small", "--epochs", "100000", "--output", "w.safetensors"]
      let run = try Command.run(long, in: folder, sending: (SIGINT, "w.checkpoint.safetensors"))
      #expect(run.status == 130, "\(run.errors)")
      #expect(run.errors.contains("--resume"))
      let names = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      #expect(Set(names) == ["w.safetensors", "w.checkpoint.safetensors", "w.csv"])
      let done = try curve("w.csv", folder).count - 1
      let resumed = try Command.run(long + ["--epochs", "\(done + 1)", "--resume"], in: folder)
      #expect(resumed.status == 0, "\(resumed.errors)")
      #expect(try curve("w.csv", folder).count - 1 == done + 1)
    }
  }

  @Test func frozenLayersStayAsTheyAre() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        ["train", Self.fixture("batch.npz"), "--network", "small", "--weights", Self.fixture("small.safetensors")]
          + ["--freeze", "0,3", "--output", "out.safetensors"] + Self.oneStep, in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let (before, after) = (
        try Safetensors.read(Places.fixture("small.safetensors")),
        try Safetensors.read(folder.appendingPathComponent("out.safetensors"))
      )
      for name in before.names {
        #expect(try (before[name] == after[name]) == !name.hasPrefix("7."), "\(name)")
      }
    }
  }

  @Test func scoresAreOneDocument() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(Self.quick + ["--json", "--output", "w.safetensors"], in: folder)
      let document = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      #expect((document["epochs"] as? [Any])?.count == 4)
      let validation = try #require(document["validation"] as? [String: Any])
      #expect(validation["images"] as? Int == 80 && document["test"] == nil)
      let confusion = try #require(validation["confusion"] as? [[Int]])
      #expect(confusion.map { $0.reduce(0, +) } == [20, 20, 20, 20])
      let right = confusion.indices.reduce(0) { $0 + confusion[$1][$1] }
      #expect(validation["accuracy"] as? Double == Double(right) / 80)
    }
  }

  @Test func picturesShowTheCurveAndTheConfusions() throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        Self.quick + ["--json", "--output", "w.safetensors", "--chart", "curve.svg", "--confusion", "c.svg"], in: folder
      )
      #expect(run.status == 0, "\(run.errors)")
      let curve = try String(contentsOf: folder.appendingPathComponent("curve.svg"), encoding: .utf8)
      for word in ["small on motifs", "training loss", "validation log loss", "validation error"] {
        #expect(curve.contains(word), "\(word)")
      }
      let matrix = try String(contentsOf: folder.appendingPathComponent("c.svg"), encoding: .utf8)
      let document = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      let validation = try #require(document["validation"] as? [String: Any])
      let confusion = try #require(validation["confusion"] as? [[Int]])
      #expect(matrix.contains("small on motifs, validation images: ") && matrix.contains("predicted class"))
      for count in confusion.flatMap({ $0 }) where count > 0 { #expect(matrix.contains(">\(count)<"), "\(count)") }
    }
  }

  @Test func weightsOfClassesAndAPenaltyChangeTheStep() throws {
    try Places.withTemporaryFolder { folder in
      let base =
        ["train", Self.fixture("batch.npz"), "--network", "small", "--weights", Self.fixture("small.safetensors")]
        + Self.oneStep
      var weights: [Data] = []
      for options in [[], ["--class-weights", "0,1,1,1,1,1,1,1,1,1"], ["--penalty", "0.01"]] {
        let run = try Command.run(base + ["--output", "o.safetensors"] + options, in: folder)
        #expect(run.status == 0, "\(run.errors)")
        weights.append(try bytes("o.safetensors", folder))
      }
      #expect(Set(weights).count == 3)
    }
  }

  @Test(arguments: ["--normalise", "--signed"]) func scalingIsRememberedByTheWeights(option: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        Self.quick + [option, "--json", "--validation", "0.5"] + ["--output", "w.safetensors"], in: folder)
      #expect(run.status == 0, "\(run.errors)")
      let all = try Command.run(
        [
          "predict", "motifs", "--count", "400", "--network", "small", "--weights", "w.safetensors", "--output",
          "l.npy", "--json",
        ],
        in: folder)
      #expect(all.status == 0, "\(all.errors)")
      #expect(
        try Safetensors.read(folder.appendingPathComponent("w.safetensors")).metadata["pixel_standardizer"] != nil)
    }
  }

  @Test(arguments: [
    (["--network", "smal"], 2, "did you mean 'small'?"), (["--epochs", "0"], 2, "--epochs: expected 1"),
    (["--batch-size", "0"], 2, "--batch-size"), (["--learning-rate", "0"], 2, "--learning-rate"),
    (["--learning-rate", "nan"], 2, "--learning-rate"), (["--optimizer", "adm"], 2, "adm"),
    (["--schedule", "cosin"], 2, "did you mean 'cosine'?"),
    (["--schedule", "step:0"], 2, "expected a number of epochs"),
    (["--validation", "1"], 2, "below 1"), (["--validation", "0", "--early-stopping", "2"], 2, "--early-stopping"),
    (["--loss", "squared", "--label-smoothing", "0.1"], 2, "--label-smoothing"),
    (["--momentum", "0.5"], 2, "--momentum: expected the optimizer momentum or nesterov, got adam"),
    (["--class-weights", "1,x"], 2, "expected 'balanced' or a number per class"),
    (["--class-weights", "1,2"], 1, "expected 4 numbers, one per class, got 2"),
    (["--class-weights", "balanced", "--loss", "huber"], 2, "--class-weights: expected the loss cross-entropy"),
    (["--normalise", "--signed"], 2, "at most one of --normalise and --signed"),
    (["--penalty", "-1"], 2, "--penalty"), (["--chart", "curve.pdf"], 2, ".svg or .png"),
    (["--confusion", "c.csv"], 2, ".svg or .png"),
    (["--output", "w.npz"], 2, ".safetensors"), (["--resume", "--weights", "x.safetensors"], 2, "--resume"),
    (["--resume"], 1, "w.checkpoint.safetensors: there is no such checkpoint"),
    (["--freeze", "9"], 1, "unknown layer with parameters '9'"),
    (["--weights", "none.safetensors"], 1, "none.safetensors"),
    (["--learning-rate", "1e30"], 1, "epoch 1, batch"), (["--network", "none.yaml"], 1, "none.yaml"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, part: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        ["train", "motifs", "--count", "100", "--network", "small", "--epochs", "2", "--output", "w.safetensors"]
          + arguments, in: folder)
      #expect(run.status == status, "\(run.errors)")
      #expect(run.output.isEmpty && run.errors.contains(part), "\(run.errors)")
      #expect(run.errors.split(separator: "\n").count <= 8, "\(run.errors)")
    }
  }

  @Test(arguments: [
    (["--network", "mlp"], "missing: 1.weight, 1.bias; not in the network: 0.bias, 0.weight, 7.bias, 7.weight"),
    (["--network", "small", "--classes", "12"], "7.weight has shape [10, 64] instead of [12, 64]"),
    (["--network", "small", "--validation", "0.5"], "found 7 images for 10 classes"),
  ])
  func weightsOfAnotherNetworkAreRefused(arguments: [String], part: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(
        [
          "train", Self.fixture("batch.npz"), "--weights", Self.fixture("small.safetensors"), "--output",
          "o.safetensors",
        ]
          + arguments, in: folder)
      #expect(run.status == 1 && run.errors.contains(part), "\(run.errors)")
    }
  }

  @Test func aCheckpointOfOtherOptionsOrDataIsRefused() throws {
    try Places.withTemporaryFolder { folder in
      let base = Self.quick + ["--output", "w.safetensors"]
      #expect(try Command.run(base, in: folder).status == 0)
      let options = try Command.run(base + ["--resume", "--learning-rate", "0.5"], in: folder)
      #expect(options.status == 1 && options.errors.contains("learningRate was 0.01 and is 0.5"), "\(options.errors)")
      let data = try Command.run(base + ["--resume", "--count", "404"], in: folder)
      #expect(data.status == 1 && data.errors.contains("other data"), "\(data.errors)")
      let network = try Command.run(base + ["--resume", "--network", "mlp"], in: folder)
      #expect(network.status == 1 && network.errors.contains("missing: 1.weight"), "\(network.errors)")
    }
  }

  private func bytes(_ name: String, _ folder: URL) throws -> Data {
    try Data(contentsOf: folder.appendingPathComponent(name))
  }

  /// The lines of a learning curve without the last column, the speed.
  private func curve(_ name: String, _ folder: URL) throws -> [String] {
    try String(contentsOf: folder.appendingPathComponent(name), encoding: .utf8).split(separator: "\n")
      .map { $0.split(separator: ",", omittingEmptySubsequences: false).dropLast().joined(separator: ",") }
  }
}
