import Foundation
import TestSupport
import Testing

@Suite struct UsageTests {
  @Test func helpAndVersionGoToStandardOutput() throws {
    for arguments in [["--help"], ["compare", "--help"], ["--version"]] {
      let run = try Command.run(arguments)
      #expect(run.status == 0)
      #expect(!run.output.isEmpty && run.errors.isEmpty)
    }
  }

  @Test func aMistypedSubcommandIsRecognised() throws {
    let run = try Command.run(["compar"])
    #expect(run.status == 2)
    #expect(run.errors.contains("did you mean 'compare'?"))
  }

  @Test func doctorFindsTheMachineHealthy() throws {
    let run = try Command.run(["doctor"])
    #expect(run.status == 0, "\(run.output)")
    #expect(run.output.contains("FFTW"))
  }

  @Test func optionsComeFromAFileAndTheCommandLineWins() throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("options.yaml")
      try Data("dataset: [ramps, motifs]\nsplits: 7\nseed: 5\ntrain_sizes: [0.5]\n".utf8).write(to: file)
      let run = try Command.run(
        ["compare", "--config", file.path, "--splits", "3", "--models", "pixels,haar:8", "cnn", "--print-config"])
      #expect(run.status == 0, "\(run.errors)")
      for line in [
        "splits: 3", "seed: 5", "- ramps\n- motifs", "train-sizes:\n- 5e-1", "models:\n- pixels\n- haar:8\n- cnn",
      ] {
        #expect(run.output.contains(line), "\(run.output)")
      }
    }
  }

  @Test(arguments: ["true", "True", "yes", "ON"])
  func flagsAreSetByTruthValues(word: String) throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("options.yaml")
      try Data("json: \(word)\nidentity: shift\nsizes: 4x4\nquiet: No\n".utf8).write(to: file)
      let run = try Command.run(["verify", "--config", file.path])
      #expect(run.status == 0 && run.output.hasPrefix("{"), "\(run.errors)")
    }
  }

  @Test func quotedTruthValuesAreText() throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("options.yaml")
      try Data("sizes: 'yes'\n".utf8).write(to: file)
      let run = try Command.run(["verify", "--config", file.path])
      #expect(run.status == 2 && run.errors.hasPrefix("error: \(file.path):1:1: size 'yes'"), "\(run.errors)")
    }
  }

  @Test(arguments: [
    (["compare"], "splits: 2\nmodels: [pixels, harr]", ":2:1: unknown model 'harr'"),
    (["compare"], "models: 'pixels,harr'", ":1:1: "), (["compare"], "seed: 1\nsplits: 1", ":2:1: --splits"),
    (["compare"], "seed: x", ":1:1: The value 'x'"), (["compare", "--models", "harr"], "seed: 1", nil),
    (["compare", "--splits", "1"], "seed: 1", nil), (["compare", "--splits=1"], "seed: 1\nsplits: 0", nil),
    (["atoms", "--basis", "haar"], "size: 15", ": "),
  ])
  func mistakesHaveAPlaceInTheFile(arguments: [String], text: String, place: String?) throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("options.yaml")
      try Data(text.utf8).write(to: file)
      let run = try Command.run(arguments + ["--config", file.path])
      #expect(run.status == 2)
      if let place {
        #expect(run.errors.hasPrefix("error: \(file.path)\(place)"), "\(run.errors)")
      } else {
        #expect(!run.errors.contains(file.path), "\(run.errors)")
      }
    }
  }

  @Test func aMissingFileIsSaidToBeMissing() throws {
    let run = try Command.run(["verify", "--config", "missing.yaml"])
    #expect(run.status == 1 && run.errors.contains("missing.yaml: there is no such file"), "\(run.errors)")
  }

  @Test(arguments: [
    ("splts: 3", "splts"), ("- 1", "mapping"), ("splits: {a: 1}", "nested"), ("a: [1", "YAML"),
  ])
  func mistakesInAFileAreNamed(text: String, complaint: String) throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("options.yaml")
      try Data(text.utf8).write(to: file)
      let run = try Command.run(["compare", "--config", file.path])
      #expect(run.status != 0)
      #expect(run.errors.contains(complaint), "\(run.errors)")
      #expect(run.errors.contains("options.yaml"), "\(run.errors)")
    }
  }
}
