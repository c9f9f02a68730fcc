import Foundation
import TestSupport
import Testing

@Suite struct DataCommandTests {
  private struct Info: Decodable {
    struct Class: Decodable {
      let name: String
      let count: Int
    }
    let name, checksum: String
    let shape: [Int]
    let classes: [Class]
    let pixelScale: Float
  }

  private func info(_ dataset: String) throws -> Info {
    let outcome = try Command.run(["data", "info", dataset, "--count", "40", "--seed", "7", "--json"])
    return try JSONDecoder().decode(Info.self, from: Data(outcome.output.utf8))
  }

  @Test func everyFamilyIsListedWithItsHypothesis() throws {
    let outcome = try Command.run(["data", "list"])
    #expect(outcome.status == 0 && outcome.errors.isEmpty)
    for name in ["gratings", "mosaics", "ramps", "motifs"] { #expect(outcome.output.contains("\(name): ")) }
    #expect(outcome.output.split(separator: "\n").count { $0.hasPrefix("  hypothesis: ") } == 4)
  }

  @Test func aFileThatWasMadeIsTheFamilyItself() throws {
    try Places.withTemporaryFolder { folder in
      let path = folder.appendingPathComponent("made.npz").path
      let outcome = try Command.run([
        "data", "make", "mosaics", "--count", "40", "--seed", "7", "--threads", "1", "--output", path,
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let (made, family) = (try info(path), try info("mosaics"))
      #expect(made.checksum == family.checksum)
      #expect(made.name == "made" && made.shape == [40, 16, 16] && made.pixelScale == 1)
      #expect(made.classes.map(\.name) == ["A", "B", "C", "D"] && made.classes.allSatisfy { $0.count == 10 })
    }
  }

  @Test func aPreviewIsAPicture() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("motifs.png")
      let outcome = try Command.run(["data", "preview", "motifs", "--per-class", "3", "--output", url.path])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try Data(contentsOf: url).prefix(8) == Data([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]))
    }
  }

  @Test(arguments: [
    (["info", "absent.npz"], 1, "absent.npz"), (["info", "motif"], 2, "did you mean 'motifs'?"),
    (["make", "motifs", "--set", "tild=1", "--output", "x.npz"], 2, "did you mean 'tilt'?"),
    (["make", "motifs", "--set", "tilt", "--output", "x.npz"], 2, "expected NAME=VALUE"),
    (["make", "motifs", "--dose", "0", "--output", "x.npz"], 2, "parameter 'dose'"),
    (["make", "motifs", "--output", "x.txt"], 2, ".npz"), (["preview", "motifs", "--per-class", "0"], 2, "1…200"),
    (["info", "motifs", "--groups", "a:b"], 2, "KEY:COLUMN"), (["info", "motifs", "--groups", "a"], 1, "no groups"),
    (["info", "ramps", "--count", "2"], 2, "--count: expected 4…10000000 images, got 2"),
    (["preview", "ramps", "--count", "2"], 2, "--count: expected 4…"),
    (["make", "ramps", "--count", "2", "--output", "x.npz"], 2, "--count: expected 4…"),
    (["make", "ramps", "--size", "3", "--output", "x.npz"], 2, "--size: expected 4…1024 pixels, got 3"),
  ])
  func mistakesAreNamed(arguments: [String], code: Int32, part: String) throws {
    let outcome = try Command.run(["data"] + arguments)
    #expect(outcome.status == code && outcome.output.isEmpty, "\(outcome.errors)")
    #expect(outcome.errors.contains(part), "\(outcome.errors)")
    #expect(outcome.errors.hasPrefix("error: ") && outcome.errors.split(separator: "\n").count <= 3)
  }
}
