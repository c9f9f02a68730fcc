import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct NPYTests {
  private static let plainTypes = ["i1", "i2", "i4", "i8", "u1", "u2", "u4", "u8", "f2", "f4", "f8"]

  @Test(arguments: plainTypes, ["little", "big"])
  func everyTypeInEitherByteOrder(type: String, order: String) throws {
    let array = try NPY.read(Places.fixture("\(order)-\(type).npy"))
    #expect(array.shape == [2, 3])
    #expect(try array.tensor(as: Float.self) == Tensor([0, 1, 2, 3, 100, 127], shape: [2, 3]))
    #expect(try array.tensor(as: Double.self) == Tensor([0, 1, 2, 3, 100, 127], shape: [2, 3]))
    #expect(try array.integers() == [0, 1, 2, 3, 100, 127])
    #expect(throws: InputError.self) { try array.strings() }
  }

  @Test(arguments: ["little", "big"])
  func text(order: String) throws {
    let array = try NPY.read(Places.fixture("\(order)-U.npy"))
    #expect(array.elementType == .unicode(length: 8))
    #expect(try array.strings() == ["Ångström", "", "crack 🔬"])
    #expect(throws: InputError.self) { try array.tensor(as: Float.self) }
    #expect(throws: InputError.self) { try array.integers() }
  }

  @Test func byteStrings() throws {
    #expect(try NPY.read(Places.fixture("bytes.npy")).strings() == ["pit", "", "scratches"])
  }

  @Test(arguments: ["c8", "c16"])
  func complexNumbersKeepTheirBits(type: String) throws {
    let little = try NPY.read(Places.fixture("little-\(type).npy"))
    #expect(little == (try NPY.read(Places.fixture("big-\(type).npy"))))
    #expect(little.shape == [2, 3])
    #expect(throws: InputError.self) { try little.tensor(as: Double.self) }
  }

  @Test func truthValues() throws {
    let array = try NPY.read(Places.fixture("bool.npy"))
    #expect(try array.integers() == [1, 0, 0, 1])
    #expect(try array.tensor(as: Float.self).elements == [1, 0, 0, 1])
  }

  @Test func emptyArraysAndScalars() throws {
    #expect(try NPY.read(Places.fixture("empty.npy")).tensor(as: Float.self).shape == [0, 16, 16])
    #expect(try NPY.read(Places.fixture("empty-inside.npy")).integers() == [])
    let scalar = try NPY.read(Places.fixture("scalar.npy"))
    #expect(scalar.shape == [])
    #expect(try scalar.tensor(as: Double.self).elements == [2.5])
  }

  @Test func columnMajorArraysBecomeRowMajor() throws {
    let cube = try NPY.read(Places.fixture("fortran.npy")).tensor(as: Float.self)
    #expect(cube == Tensor((0..<24).map(Float.init), shape: [2, 3, 4]))
    let matrix = try NPY.read(Places.fixture("fortran-big.npy"))
    #expect(matrix.shape == [5, 7])
    #expect(try matrix.integers() == Array(0..<35))
  }

  @Test func integersAreExact() throws {
    let signed = try NPY.read(Places.fixture("extremes-i8.npy"))
    #expect(try signed.integers() == [.min, -1, .max])
    let unsigned = try NPY.read(Places.fixture("extremes-u8.npy"))
    #expect(#expect(throws: InputError.self) { try unsigned.integers() }?.description.contains("index [1]") == true)
    let fractions = NumPyArray(Tensor<Float>([1, 2, 2.5, 4], shape: [2, 2]))
    let message = #expect(throws: InputError.self) { try fractions.integers() }?.description
    #expect(message == "expected integers, found 2.5 at index [1, 0]")
  }

  @Test func halfPrecision() throws {
    let values = try NPY.read(Places.fixture("halves.npy")).tensor(as: Double.self).elements
    #expect(Array(values[..<3]) == [0.5, -2, .infinity])
    #expect(values[3].isNaN)
    #expect(values[4] == 0x1p-24)
  }

  @Test(arguments: [2, 3])
  func laterFormatVersions(version: Int) throws {
    let array = try NPY.read(Places.fixture("version-\(version).npy"))
    #expect(try array.tensor(as: Double.self) == Tensor([0, 1, 2, 3, 4, 5], shape: [2, 3]))
  }

  @Test func headerAloneTellsWhereTheElementsAre() throws {
    let header = try NPY.header(of: Places.fixture("fortran-big.npy"))
    #expect(header.shape == [5, 7])
    #expect(header.elementType == .int16)
    #expect(header.isBigEndian && header.isFortranOrder)
    #expect(header.dataOffset == 128 && header.byteCount == 70)
  }

  @Test(
    arguments: plainTypes.map { "little-\($0)" } + [
      "little-U", "little-c8", "little-c16", "bool", "bytes", "scalar", "empty", "empty-inside", "vector",
    ])
  func writesTheBytesThatNumPyWrites(name: String) throws {
    let original = Places.fixture("\(name).npy")
    try Places.withTemporaryFolder { folder throws in
      let copy = folder.appendingPathComponent("copy.npy")
      try NPY.write(NPY.read(original), to: copy)
      #expect(try Data(contentsOf: copy) == Data(contentsOf: original))
    }
  }

  @Test func constructorsSurviveARoundTrip() throws {
    let floats: Tensor<Float> = randomTensor([3, 4, 5], seed: 1)
    let doubles: Tensor<Double> = randomTensor([7], seed: 2)
    let bytes = Tensor<UInt8>([0, 1, 254, 255], shape: [2, 2])
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.npy")
      func roundTrip(_ array: NumPyArray) throws -> NumPyArray {
        try NPY.write(array, to: url)
        let copy = try NPY.read(url)
        #expect(copy == array)
        return copy
      }
      #expect(try roundTrip(NumPyArray(floats)).tensor() == floats)
      #expect(try roundTrip(NumPyArray(doubles)).tensor() == doubles)
      #expect(try roundTrip(NumPyArray(bytes)).integers() == [0, 1, 254, 255])
      #expect(try roundTrip(NumPyArray([3, -4, 5, 6], shape: [2, 2])).integers() == [3, -4, 5, 6])
      #expect(try roundTrip(NumPyArray(["a", "längste", ""])).strings() == ["a", "längste", ""])
      #expect(try roundTrip(NumPyArray([String]())).strings() == [])
    }
  }

  @Test(arguments: [
    ("object", "never executes the pickle"), ("structured", "structured"), ("dates", "dates"),
    ("raw", "structured or raw"),
  ])
  func whatCannotBeReadIsRefused(name: String, reason: String) {
    let error = #expect(throws: InputError.self) { try NPY.read(Places.fixture("\(name).npy")) }
    #expect(error?.description.contains(reason) == true)
    #expect(error?.description.contains("\(name).npy, byte") == true)
  }
}
