import Foundation
import Formats
import Tensors
import TestSupport
import Testing

@Suite struct PNGTests {
  @Test(arguments: ["gray8", "gray16", "gray1", "gray-alpha", "rgb", "rgba", "palette", "interlaced", "rgb16"])
  func everyKindOfPicture(name: String) throws {
    let image = try PNG.read(Places.fixture("\(name).png"))
    let samples = try NPY.read(Places.fixture("\(name).png.npy"))
    let channels = samples.rank == 2 ? 1 : samples.shape[2]
    #expect([image.height, image.width] == Array(samples.shape[..<2]))
    #expect(image.channels == channels)
    #expect(image.bitDepth == 8 * samples.elementType.byteCount)
    let expected = try samples.integers()
    for row in 0..<image.height {
      for column in 0..<image.width {
        for channel in 0..<channels {
          let index = (row * image.width + column) * channels + channel
          #expect(image.sample(row: row, column: column, channel: channel) == expected[index])
        }
      }
    }
  }

  @Test func brightness() throws {
    let color = PNGImage(Tensor<UInt8>([255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255], shape: [2, 2, 3]))
    let gray = color.gray(as: Double.self)
    #expect(gray.shape == [2, 2])
    #expect(relativeError(gray, Tensor([0.2126, 0.7152, 0.0722, 1], shape: [2, 2])) <= 1e-15)
    let withOpacity = PNGImage(Tensor<UInt8>([51, 0, 255, 7], shape: [1, 2, 2]))
    #expect(withOpacity.gray(as: Float.self) == Tensor([0.2, 1], shape: [1, 2]))
    let deep = PNGImage(Tensor<UInt16>([0, 65535, 13107], shape: [1, 3]))
    #expect(deep.gray(as: Double.self) == Tensor([0, 1, 0.2], shape: [1, 3]))
  }

  @Test func graySamplesAreClippedAndRounded() {
    let values = Tensor<Double>([-1, .nan, 0, 0.5 / 255 + 1e-9, 1, .infinity], shape: [2, 3])
    #expect(PNGImage(gray: values) == PNGImage(Tensor<UInt8>([0, 0, 0, 1, 255, 255], shape: [2, 3])))
    #expect(
      PNGImage(gray: values, bitDepth: 16) == PNGImage(Tensor<UInt16>([0, 0, 0, 129, 65535, 65535], shape: [2, 3])))
  }

  @Test(arguments: [[1, 1], [1, 17], [31, 2], [16, 16, 1], [5, 7, 2], [5, 7, 3], [5, 7, 4]])
  func roundTrip(shape: [Int]) throws {
    var stream = RandomStream(seed: 4)
    let bytes = Tensor<Double>.zeros(shape).map { _ in UInt8(truncatingIfNeeded: stream.next()) }
    let words = Tensor<Double>.zeros(shape).map { _ in UInt16(truncatingIfNeeded: stream.next()) }
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.png")
      for image in [PNGImage(bytes), PNGImage(words)] {
        try PNG.write(image, to: url)
        #expect(try PNG.read(url) == image)
      }
    }
  }

  @Test func aHeaderThatClaimsMoreThanTheFileHolds() throws {
    let message = #expect(throws: InputError.self) { try PNG.read(Places.fixture("bomb.png")) }?.description
    #expect(message?.contains("claims 100000×100000 pixels") == true)
  }

  @Test(arguments: [(2_000_000, 1), (1, 1 << 20 + 1)])
  func sidesBeyondTheLimit(width: Int, height: Int) throws {
    try Places.withTemporaryFolder { folder throws in
      let url = folder.appendingPathComponent("x.png")
      let message = #expect(throws: InputError.self) {
        try PNG.write(PNGImage(Tensor<UInt8>(repeating: 0, shape: [height, width])), to: url)
      }?.description
      #expect(message?.contains("at most 1048576 rows and columns, found \(width)×\(height)") == true)
    }
    var bytes = [UInt8](try Data(contentsOf: Places.fixture("rgb.png")))
    for (offset, side) in [(16, width), (20, height)] {
      for byte in 0..<4 { bytes[offset + byte] = UInt8(side >> (24 - 8 * byte) & 255) }
    }
    let message = #expect(throws: InputError.self) { try PNG.decode(ByteSource(bytes, name: "x.png")) }?.description
    #expect(message?.contains("at most 1048576 rows and columns, found \(width)×\(height)") == true)
  }

  @Test func truncatedFilesAndOtherFormats() throws {
    let bytes = [UInt8](try Data(contentsOf: Places.fixture("rgb.png")))
    for count in 0..<bytes.count {
      #expect(throws: InputError.self) { try PNG.decode(ByteSource(Array(bytes[..<count]), name: "x.png")) }
    }
    let message = #expect(throws: InputError.self) { try PNG.read(Places.fixture("bool.npy")) }?.description
    #expect(message?.contains("not a PNG file") == true)
  }
}
