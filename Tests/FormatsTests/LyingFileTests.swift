import Foundation
import Formats
import Tensors
import TestSupport
import Testing

/// Files whose headers claim what is not so.
@Suite struct LyingFileTests {
  private func npy(_ header: String, data: Int = 0, version: UInt8 = 1, length: Int? = nil) -> [UInt8] {
    let length = length ?? header.utf8.count
    let width = version == 1 ? 2 : 4
    let size = (0..<width).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) }
    return [0x93] + Array("NUMPY".utf8) + [version, 0] + size + Array(header.utf8) + [UInt8](repeating: 0, count: data)
  }

  private func refusal(_ bytes: [UInt8]) -> String {
    #expect(throws: InputError.self) { try NPY.decode(ByteSource(bytes, name: "x.npy")) }?.description ?? ""
  }

  private func header(_ shape: String, type: String = "<f4") -> String {
    "{'descr': '\(type)', 'fortran_order': False, 'shape': \(shape), }\n"
  }

  @Test func aPlainHeaderIsRead() throws {
    let array = try NPY.decode(ByteSource(npy(header("(2, 3)"), data: 24), name: "x.npy"))
    #expect(array.shape == [2, 3])
    let old = "{\"shape\":(2L,),\"descr\":\"|u1\" , \"fortran_order\":True}"
    #expect(try NPY.decode(ByteSource(npy(old, data: 2), name: "x.npy")).shape == [2])
  }

  @Test(arguments: [
    "(9223372036854775807, 9223372036854775807)", "(4611686018427387904, 4)", "(0, 4611686018427387904, 4)",
    "(9223372036854775807,)",
  ])
  func hugeShapes(shape: String) {
    #expect(refusal(npy(header(shape), data: 16)).contains("larger than any memory"))
  }

  @Test func shapesThatTheFileDoesNotJustify() {
    #expect(refusal(npy(header("(1000000000000,)"), data: 16)).contains("expected 4000000000000 bytes of float32"))
    #expect(refusal(npy(header("(5,)"), data: 16)).contains("found 16"))
    #expect(refusal(npy(header("(3,)"), data: 16)).contains("expected 12 bytes"))
    #expect(refusal(npy(header("(\(String(repeating: "1, ", count: 65)))"), data: 4)).contains("65 axes"))
    #expect(refusal(npy(header("(1000000000000,)", type: "<U0"))).contains("no width"))
  }

  @Test(arguments: [
    "(-1,)", "(2", "2", "(99999999999999999999,)", "(2,,)", "(2.0,)", "[2]", "()}", "(2, 3",
  ])
  func damagedShapes(shape: String) {
    #expect(refusal(npy(header(shape), data: 24)).contains("x.npy, byte"))
  }

  @Test(arguments: ["<f3", "<x8", "", "<", "<U", "<U-1", "<U99999999999", "f", ">O8x"])
  func unknownTypes(type: String) {
    #expect(refusal(npy(header("(1,)", type: type), data: 4)).contains("unknown element type") || type == ">O8x")
  }

  @Test func damagedDictionaries() {
    for text in [
      "", "{", "{}", "{'descr': '<f4', 'shape': (1,)}", "{'descr: '<f4'}", "{'descr': '<f4' 'shape': (1,)}",
      header("(1,)") + "x", "{'descr': '<f4', 'descr': '<f4', 'fortran_order': False, 'shape': (1,)}",
      "{'descr': '<f4', 'fortran_order': 0, 'shape': (1,)}", "{'more': 1, 'descr': '<f4'}",
    ] {
      #expect(refusal(npy(text, data: 4)).contains("x.npy, byte"), "\(text)")
    }
  }

  @Test func lyingHeaderLengths() {
    #expect(refusal(npy(header("(1,)"), length: 60_000)).contains("at most 10000"))
    #expect(refusal(npy(header("(1,)"), version: 2, length: 0xFFFF_FFFF)).contains("at most 10000"))
    #expect(refusal(npy(header("(1,)"), length: 500)).contains("truncated"))
    #expect(refusal(npy(header("(1,)"), data: 4, length: 20)).contains("byte"))
    #expect(refusal([0x93]).contains("not an NPY file"))
    #expect(refusal([]).contains("not an NPY file"))
    #expect(refusal([0x93] + Array("NUMPY".utf8) + [9, 0, 0, 0]).contains("version 9.0"))
  }

  @Test func missingFilesAndFolders() {
    let missing = #expect(throws: InputError.self) { try NPY.read(Places.fixture("nothing.npy")) }
    #expect(missing?.description.contains("no such file") == true)
    let folder = #expect(throws: InputError.self) { try NPZ.read(Places.fixture("")) }
    #expect(folder?.description.contains("is a folder") == true)
    let wrong = #expect(throws: InputError.self) { try NPZ.read(Places.fixture("bool.npy")) }
    #expect(wrong?.description.contains("not a zip archive") == true)
  }

  @Test func aPipeIsRefusedAtOnce() throws {
    try Places.withTemporaryFolder { folder throws in
      let pipe = folder.appendingPathComponent("pipe.npy")
      #expect(mkfifo(pipe.path, 0o600) == 0)
      let message = #expect(throws: InputError.self) { try NPY.read(pipe) }?.description
      #expect(message?.contains("not a regular file") == true)
    }
  }

  private func archive(_ change: (inout [UInt8]) -> Void) throws -> NPZArchive {
    var bytes = [UInt8](try Data(contentsOf: Places.fixture("deflated.npz")))
    change(&bytes)
    return try NPZArchive(ByteSource(bytes, name: "x.npz"))
  }

  /// Where the directory of `deflated.npz` begins.
  private func directoryStart(_ bytes: [UInt8]) -> Int {
    bytes[(bytes.count - 6)..<(bytes.count - 2)].reversed().reduce(0) { $0 << 8 | Int($1) }
  }

  @Test func aSizeBeyondTheReachOfDeflate() {
    let message = #expect(throws: InputError.self) {
      try archive { bytes in
        let size = directoryStart(bytes) + 24
        bytes.replaceSubrange(size..<size + 4, with: [0xF0, 0xFF, 0xFF, 0xFF])
      }
    }?.description
    #expect(message?.contains("more than deflate can hold") == true)
  }

  @Test func aSizeThatContradictsTheArray() throws {
    let changed = try archive { bytes in bytes[directoryStart(bytes) + 24] &+= 1 }
    let message = #expect(throws: InputError.self) { try changed["X"] }?.description
    #expect(message?.contains("expected 5249 bytes, unpacked 5248") == true)
  }

  @Test func overlappingEntries() {
    let message = #expect(throws: InputError.self) {
      try archive { bytes in
        let directory = directoryStart(bytes)
        let second = directory + 46 + 5
        bytes.replaceSubrange(second + 42..<second + 46, with: [0, 0, 0, 0])
      }
    }?.description
    #expect(message?.contains("overlaps") == true)
  }

  @Test func damagedContent() throws {
    let changed = try archive { bytes in bytes[directoryStart(bytes) + 16] ^= 1 }
    #expect(#expect(throws: InputError.self) { try changed["X"] }?.description.contains("checksum") == true)
    #expect(try changed["y"].integers().count == 20)
    let torn = try archive { bytes in bytes[300] ^= 0xFF }
    #expect(throws: InputError.self) { try torn["X"] }
  }

  @Test func missingEnd() {
    #expect(throws: InputError.self) { try archive { bytes in bytes.removeLast() } }
    #expect(throws: InputError.self) { try archive { bytes in bytes.removeFirst(10) } }
    #expect(throws: InputError.self) { try archive { bytes in bytes = [] } }
  }
}
