import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct NPZTests {
  @Test(arguments: ["stored", "deflated"])
  func namesAndArraysAsNumPyWroteThem(kind: String) throws {
    let archive = try NPZ.read(Places.fixture("\(kind).npz"))
    #expect(archive.names == ["X", "y", "classes", "weights", "größe"])
    #expect(try archive["y"].integers() == (0..<20).map { $0 % 3 })
    #expect(try archive["classes"].strings() == ["brick", "grass", "gravel"])
    #expect(try archive["größe"].tensor(as: Float.self) == Tensor([0.25], shape: []))
    #expect(try archive.header(of: "X").shape == [20, 16, 16])
    #expect(try archive.header(of: "X").elementType == .uint8)
    let weights = try archive["weights"].tensor(as: Double.self)
    let expected = Tensor<Double>((0..<12).map { -1 + 2 * Double($0) / 11 }, shape: [3, 4])
    #expect(relativeError(weights, expected) <= 4 * Double.epsilon)
  }

  @Test(arguments: ["deflated", "zip64", "streamed"])
  func everyKindOfArchiveHoldsTheSame(kind: String) throws {
    let stored = try NPZ.read(Places.fixture("stored.npz"))
    let other = try NPZ.read(Places.fixture("\(kind).npz"))
    #expect(other.names == stored.names)
    for name in stored.names { #expect(try stored[name] == other[name]) }
  }

  @Test func aMissingNameListsWhatExists() throws {
    let archive = try NPZ.read(Places.fixture("stored.npz"))
    let message = #expect(throws: InputError.self) { try archive["clases"] }?.description
    #expect(message?.contains("did you mean 'classes'?") == true)
    #expect(message?.contains("It holds: X, y, classes, weights, größe.") == true)
    #expect(archive.contains("X") && !archive.contains("x"))
  }

  @Test func archivesWithoutArraysAndOddNames() throws {
    #expect(try NPZ.read(Places.fixture("none.npz")).names == [])
    let archive = try NPZ.read(Places.fixture("names.npz"))
    #expect(archive.names == ["a/b", "with space"])
    #expect(try archive["with space"].integers() == [0, 1, 2])
  }

  @Test func onlyTheObjectArrayIsRefused() throws {
    let archive = try NPZ.read(Places.fixture("object.npz"))
    #expect(try archive["y"].integers() == [0, 1, 2])
    let message = #expect(throws: InputError.self) { try archive["files"] }?.description
    #expect(message?.contains("object.npz, array 'files'") == true)
    #expect(message?.contains("pickle") == true)
  }

  @Test(arguments: [false, true])
  func roundTrip(compressed: Bool) throws {
    let images: Tensor<Float> = randomTensor([5, 8, 8], seed: 3)
    let arrays: [(name: String, array: NumPyArray)] = [
      ("X", NumPyArray(images)), ("y", NumPyArray([0, 1, 2, 1, 0])), ("Klasse ä", NumPyArray(["pit", "Kratzer"])),
      ("empty", NumPyArray(Tensor<Float>.zeros([0, 3]))),
    ]
    try Places.withTemporaryFolder { folder throws in
      let (first, second) = (folder.appendingPathComponent("a.npz"), folder.appendingPathComponent("b.npz"))
      try NPZ.write(arrays, to: first, compressed: compressed)
      try NPZ.write(arrays, to: second, compressed: compressed)
      #expect(try Data(contentsOf: first) == Data(contentsOf: second))
      let archive = try NPZ.read(first)
      #expect(archive.names == arrays.map(\.name))
      for (name, array) in arrays { #expect(try archive[name] == array) }
    }
  }

  @Test func manyEntriesOfOneMegabyteCompress() throws {
    let zeros = NumPyArray(Tensor<Float>.zeros([256, 1024]))
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("zeros.npz")
      try NPZ.write([("a", zeros), ("b", zeros)], to: url)
      #expect(try Data(contentsOf: url).count < 4096)
      #expect(try NPZ.read(url)["b"] == zeros)
    }
  }

  @Test(.enabled(if: Places.realData != nil, "the real data are absent"))
  func realArchives() throws {
    let steel = try NPZ.read(Places.realData!.appendingPathComponent("neu_tiles_16x16.npz"))
    #expect(steel.names == ["X", "y", "image_id", "classes"])
    #expect(try steel["X"].shape == [16200, 16, 16])
    #expect(try steel["y"].integers().max() == 5)
    #expect(try steel["classes"].strings().count == 6)
    let digits = try NPZ.read(Places.realData!.appendingPathComponent("usps_16x16.npz"))
    #expect(try digits["X_train"].tensor(as: Float.self).maximumMagnitude <= 1)
  }
}
