import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct SafetensorsTests {
  @Test func tensorsAsPythonWroteThem() throws {
    let archive = try Safetensors.read(Places.fixture("weights.safetensors"))
    #expect(archive.metadata == ["network": "small"])
    #expect(archive.names.count == 7)
    #expect(archive.shape(of: "0.weight") == [2, 1, 3, 3])
    #expect(archive.shape(of: "1.weight") == nil)
    #expect(try archive["0.weight"].tensor(as: Float.self).elements == (0..<18).map { Float($0) / 8 })
    #expect(try archive["0.bias"].tensor(as: Double.self).elements == [0.5, -2])
    #expect(try archive["1.num_batches_tracked"].integers() == [7])
    #expect(archive.shape(of: "1.num_batches_tracked") == [])
    #expect(try archive["1.running_mean"].tensor(as: Double.self).elements == [1e-300, .infinity])
    #expect(try archive["mask"].integers() == [1, 0, 1])
    #expect(try archive["half"].tensor(as: Float.self).elements == [0.5, 65504])
    #expect(try archive["leer \"ä\"\n"].shape == [0, 3])
    #expect(try Safetensors.read(Places.fixture("none.safetensors")).names == [])
  }

  @Test(arguments: ["weights", "none"])
  func writesTheBytesThatPythonWrites(name: String) throws {
    let original = Places.fixture("\(name).safetensors")
    let archive = try Safetensors.read(original)
    try Places.withTemporaryFolder { folder throws in
      let copy = folder.appendingPathComponent("copy.safetensors")
      try Safetensors.write(archive.names.map { ($0, try archive[$0]) }, metadata: archive.metadata, to: copy)
      #expect(try Data(contentsOf: copy) == Data(contentsOf: original))
    }
  }

  @Test func aMissingNameListsWhatExists() throws {
    let archive = try Safetensors.read(Places.fixture("weights.safetensors"))
    let message = #expect(throws: InputError.self) { try archive["0.weigth"] }?.description
    #expect(message?.contains("did you mean '0.weight'?") == true)
  }

  private func file(_ header: String, data: Int = 0, length: UInt64? = nil) -> ByteSource {
    let length = length ?? UInt64(header.utf8.count)
    let size = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return ByteSource(size + Array(header.utf8) + [UInt8](repeating: 0, count: data), name: "x.safetensors")
  }

  private func refusal(_ source: ByteSource) -> String {
    #expect(throws: InputError.self) { try SafetensorsArchive(source) }?.description ?? ""
  }

  private func tensor(_ name: String, _ shape: String, _ offsets: String, type: String = "F32") -> String {
    "\"\(name)\":{\"dtype\":\"\(type)\",\"shape\":\(shape),\"data_offsets\":\(offsets)}"
  }

  @Test func lyingLengths() {
    #expect(refusal(file("{}", length: .max)).contains("the header claims 18446744073709551615 bytes"))
    #expect(refusal(file("{}", length: 3)).contains("but the file has 2"))
    #expect(refusal(ByteSource([1, 2, 3], name: "x.safetensors")).contains("expected 5 more bytes"))
    #expect(refusal(ByteSource([], name: "x.safetensors")).contains("truncated"))
  }

  @Test func headersThatAreNotWhatTheyShouldBe() {
    #expect(refusal(file("[]")).contains("does not begin with '{'"))
    #expect(refusal(file("{\"a\":")).contains("x.safetensors, byte 8: the header is not what safetensors writes"))
    #expect(refusal(file("{\"a\":1}")).contains("at a"))
    #expect(refusal(file("{\"a\":{\"dtype\":\"F32\",\"shape\":[1]}}", data: 4)).contains("data_offsets"))
    #expect(refusal(file("{\(tensor("a", "[1.5]", "[0,4]"))}", data: 4)).contains("byte 8"))
    #expect(refusal(file("{\(tensor("a", "[2]", "[0,4]", type: "BF16"))}", data: 4)).contains("tensor.float()"))
    #expect(refusal(file("{\"__metadata__\":{\"a\":1}}")).contains("__metadata__.a"))
    let deep = String(repeating: "{\"a\":", count: 100_000)
    #expect(refusal(file(deep)).contains("header is not what safetensors writes"))
  }

  @Test func placesThatContradictTheShapesOrTheFile() {
    #expect(refusal(file("{\(tensor("a", "[2]", "[0,4]"))}", data: 4)).contains("in 4 bytes, expected 8 bytes"))
    #expect(refusal(file("{\(tensor("a", "[-1,-1]", "[0,4]"))}", data: 4)).contains("sizes of at least 0"))
    #expect(
      refusal(file("{\(tensor("a", "[4611686018427387904,4]", "[0,4]"))}", data: 4)).contains("fit into memory"))
    #expect(refusal(file("{\(tensor("a", "[1]", "[4,0]"))}", data: 4)).contains("a begin and an end"))
    #expect(refusal(file("{\(tensor("a", "[1]", "[-4,0]"))}", data: 4)).contains("a begin and an end"))
    #expect(refusal(file("{\(tensor("a", "[1]", "[0,4]"))}", data: 3)).contains("the file has"))
    #expect(refusal(file("{\(tensor("a", "[1]", "[0,4]"))}", data: 5)).contains("the file has"))
    #expect(refusal(file("{\(tensor("a", "[1]", "[4,8]"))}", data: 8)).contains("expected 0"))
    let overlapping = [tensor("a", "[2]", "[0,8]"), tensor("b", "[1]", "[4,8]")].joined(separator: ",")
    #expect(refusal(file("{\(overlapping)}", data: 8)).contains("'b' begins at byte 4 of the data, expected 8"))
    let twice = [tensor("a", "[1]", "[0,4]"), tensor("a", "[1]", "[4,8]")].joined(separator: ",")
    #expect(refusal(file("{\(twice)}", data: 8)).contains("x.safetensors"))
  }
}
