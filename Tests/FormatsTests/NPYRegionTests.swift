import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct NPYRegionTests {
  private func file(_ descriptor: String, _ shape: String, _ bytes: [UInt8], fortran: Bool = false) -> [UInt8] {
    let text = "{'descr': '\(descriptor)', 'fortran_order': \(fortran ? "True" : "False"), 'shape': \(shape), }\n"
    return [0x93] + Array("NUMPY".utf8) + [1, 0, UInt8(text.utf8.count), 0] + Array(text.utf8) + bytes
  }

  private func read(
    _ reader: NPYRegionReader, lines: Range<Int>, columns: Range<Int>, stride: Int
  ) throws -> [Float] {
    var target = Tensor<Float>(repeating: -1, shape: [lines.count * stride])
    var span = target.mutableSpan
    try reader.read(lines: lines, columns: columns, into: &span, lineStride: stride)
    return target.elements
  }

  /// Every type and byte order gives what the whole array gives.
  @Test(arguments: [
    "|b1", "|i1", "|u1", "<i2", ">i2", "<u2", ">u2", "<i4", ">u4", "<i8", ">u8", "<f2", ">f2", "<f4", ">f4", "<f8",
    ">f8",
  ])
  func everyTypeAndByteOrder(descriptor: String) throws {
    let width = Int(descriptor.dropFirst(2))!
    let bytes = (0..<4 * 3 * 5 * width).map { UInt8($0 * 7 % 64) }
    let source = ByteSource(file(descriptor, "(4, 3, 5)", bytes), name: "x.npy")
    let whole: Tensor<Float> = try NPY.decode(source).tensor()
    let reader = try NPYRegionReader(source)
    #expect(reader.lineCount == 12 && reader.columnCount == 5)
    #expect(try read(reader, lines: 0..<12, columns: 0..<5, stride: 5) == whole.elements)
    let part = try read(reader, lines: 5..<8, columns: 1..<4, stride: 4)
    for line in 0..<3 {
      #expect(Array(part[4 * line..<4 * line + 3]) == Array(whole.elements[5 * (5 + line) + 1..<5 * (5 + line) + 4]))
      #expect(part[4 * line + 3] == -1)
    }
  }

  /// Lines shorter and longer than what is read at once.
  @Test(arguments: [[3, 700_001], [900_000, 2], [1, 1], [0, 4], [4, 0]])
  func linesOfAnyLength(shape: [Int]) throws {
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.npy")
      let values = Tensor<Float>(shape: shape) { for index in $0.indices { $0[index] = Float(index % 100_003) } }
      try NPY.write(NumPyArray(values), to: url)
      let reader = try NPYRegionReader(url)
      #expect(try read(reader, lines: 0..<shape[0], columns: 0..<shape[1], stride: shape[1]) == values.elements)
    }
  }

  @Test func writesRectanglesAsAWholeArrayIsWritten() throws {
    try Places.withTemporaryFolder { folder throws in
      let (whole, parts) = (folder.appendingPathComponent("a.npy"), folder.appendingPathComponent("b.npy"))
      let values: Tensor<Double> = randomTensor([2, 5, 7], seed: 5)
      try NPY.write(NumPyArray(values), to: whole)
      try NPYRegionWriter<Double>.write(shape: [2, 5, 7], to: parts) { writer in
        try writer.write(values[rows: 0..<1].span, lines: 0..<5, columns: 0..<7, lineStride: 7)
        let last = values.elements[35...]
        for (lines, columns) in [(5..<7, 0..<7), (7..<10, 0..<3), (7..<10, 3..<7)] {
          let start = (lines.lowerBound - 5) * 7 + columns.lowerBound
          let end = min(35, start + lines.count * 7)
          try writer.write(
            Tensor(Array(last.dropFirst(start).prefix(end - start))).span, lines: lines, columns: columns,
            lineStride: 7)
        }
      }
      #expect(try Data(contentsOf: whole) == Data(contentsOf: parts))
    }
  }

  @Test func whatIsNeverWrittenIsZeroAndAFailureLeavesNothing() throws {
    struct Interruption: Error {}
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.npy")
      try NPYRegionWriter<Float>.write(shape: [3, 2], to: url) { _ in }
      #expect(try NPY.read(url) == NumPyArray(Tensor<Float>.zeros([3, 2])))
      try FileManager.default.removeItem(at: url)
      #expect(throws: Interruption.self) {
        try NPYRegionWriter<Float>.write(shape: [3, 2], to: url) { _ in throw Interruption() }
      }
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path).isEmpty)
    }
  }

  @Test func whatCannotBeReadByLinesIsRefused() throws {
    let cases = [
      (file("<f4", "(2, 3)", [UInt8](repeating: 0, count: 24), fortran: true), "Fortran order"),
      (file("<c8", "(2, 3)", [UInt8](repeating: 0, count: 48)), "complex64"),
      (file("<f4", "(2, 3)", [UInt8](repeating: 0, count: 20)), "truncated"),
    ]
    for (bytes, part) in cases {
      let message = #expect(throws: InputError.self) {
        try NPYRegionReader(ByteSource(bytes, name: "x.npy"))
      }?.description
      #expect(message?.contains("x.npy") == true && message?.contains(part) == true, "\(message ?? "")")
    }
    let vector = file("<f4", "(1, 3)", [UInt8](repeating: 0, count: 12), fortran: true)
    #expect(try NPYRegionReader(ByteSource(vector, name: "x.npy")).columnCount == 3)
  }

  @Test func aFileThatShrinksMeanwhileIsAnError() throws {
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.npy")
      try NPY.write(NumPyArray(Tensor<Float>.zeros([100, 10])), to: url)
      let reader = try NPYRegionReader(url)
      #expect(truncate(url.path, 1000) == 0)
      #expect(try read(reader, lines: 0..<10, columns: 0..<10, stride: 10).allSatisfy { $0 == 0 })
      let message = #expect(throws: InputError.self) {
        try read(reader, lines: 50..<60, columns: 0..<10, stride: 10)
      }?.description
      #expect(message?.contains("became shorter while it was read") == true, "\(message ?? "")")
    }
  }
}
