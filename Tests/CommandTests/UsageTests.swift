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
