import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct FilterPictureTests {
  private let weights = Places.fixture("small.safetensors").path

  @Test func numbersAreTheWeights() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("filters.npy")
      let run = try Command.run([
        "atoms", "--weights", weights, "--layer", "3", "--count", "20", "--output", url.path, "--json",
      ])
      #expect(run.status == 0, "\(run.errors)")
      let (found, all): (Tensor<Float>, Tensor<Float>) = (
        try NPY.read(url).tensor(), try Safetensors.read(Places.fixture("small.safetensors"))["3.weight"].tensor()
      )
      #expect(found == all.reshaped([128, 3, 3])[rows: 0..<20])
      let listing = try #require(JSONSerialization.jsonObject(with: Data(run.output.utf8)) as? [String: Any])
      #expect(listing["filterCount"] as? Int == 128)
      #expect((listing["filters"] as? [String])?[9] == "1, channel 1")
    }
  }

  @Test func aDenseLayerSeesImages() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("units.png")
      let mlp = Places.fixture("mlp.safetensors").path
      let run = try Command.run(["atoms", "--weights", mlp, "--layer", "1", "--plain", "--output", url.path])
      #expect(run.status == 0 && run.errors.contains("64 of 128 filters of layer 1"), "\(run.errors)")
      #expect(try Data(contentsOf: url).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test(arguments: [
    (["--layer", "4"], 1, "unknown layer '4'"), (["--layer", "7", "--size", "9"], 1, "64 numbers"),
    (["--layer", "0", "--count", "9"], 1, "1 to 8 filters"), ([], 2, "--weights and --layer together"),
    (["--layer", "0", "--basis", "haar"], 2, "either --basis or --weights"),
    (["--layer", "0", "--select", "1"], 2, "--select"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, part: String) throws {
    try Places.withTemporaryFolder { folder in
      let run = try Command.run(["atoms", "--weights", weights] + arguments, in: folder)
      #expect(run.status == status && run.errors.contains(part), "\(run.errors)")
      #expect(run.output.isEmpty)
    }
  }
}
