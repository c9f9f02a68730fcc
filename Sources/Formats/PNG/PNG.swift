internal import CPNG
import Foundation
import Tensors

/// The PNG format, through libpng.
///
/// Gray, gray with opacity, colour and colour with opacity of 8 and 16 bits are read as they are; palettes and samples of
/// fewer bits become 8-bit samples. A picture may have 2²⁰ rows and columns, and no more pixels than its file can hold.
public enum PNG {
  private static let largestSide = 1 << 20

  /// Reads a picture.
  ///
  /// - Parameter url: The file.
  /// - Returns: The picture.
  /// - Throws: ``InputError`` naming the file where it is missing, damaged, or no PNG.
  public static func read(_ url: URL) throws -> PNGImage { try decode(ByteSource(url)) }

  /// Writes a picture; the file appears complete or not at all, and the same picture gives the same bytes.
  ///
  /// - Parameters:
  ///   - image: The picture.
  ///   - url: The file, which is replaced where it exists.
  /// - Throws: ``InputError`` where it cannot be written.
  public static func write(_ image: PNGImage, to url: URL) throws {
    guard max(image.width, image.height) <= largestSide else {
      throw InputError(url.path, excess(width: image.width, height: image.height))
    }
    var description = png_shim_image()
    description.width = UInt32(image.width)
    description.height = UInt32(image.height)
    description.channels = Int32(image.channels)
    description.bit_depth = Int32(image.bitDepth)
    var sink = png_shim_sink()
    defer { free(sink.data) }
    guard png_shim_encode(image.bytes, &description, &sink) == 1 else {
      throw InputError(url.path, "cannot be written as PNG: \(message(of: description))")
    }
    try AtomicFile.write(UnsafeBufferPointer(start: sink.data, count: sink.size), to: url)
  }

  package static func decode(_ source: ByteSource) throws -> PNGImage {
    let file = try source.allBytes()
    guard file.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) else {
      throw source.error(at: 0, "not a PNG file", remedy: "Convert the picture to PNG first.")
    }
    try requireReadableSize(source)
    return try file.withUnsafeBufferPointer { file in
      let description = try run(file, nil, source)
      let bytesPerSample = Int(description.bit_depth) / 8
      let count = Int(description.width) * Int(description.height) * Int(description.channels) * bytesPerSample
      try requireJustified(description, count, by: file.count, source)
      let bytes = try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
        buffer.initialize(repeating: 0)
        filled = count
        _ = try run(file, buffer.baseAddress, source)
      }
      return PNGImage(
        width: Int(description.width), height: Int(description.height), channels: Int(description.channels),
        bitDepth: Int(description.bit_depth), bytes: bytes)
    }
  }

  private static func run(
    _ file: UnsafeBufferPointer<UInt8>, _ pixels: UnsafeMutablePointer<UInt8>?, _ source: ByteSource
  ) throws -> png_shim_image {
    var description = png_shim_image()
    guard png_shim_decode(file.baseAddress, file.count, pixels, &description) == 1 else {
      throw source.error(
        "damaged PNG file: \(message(of: description))", remedy: "Fetch or write the file again.")
    }
    return description
  }

  /// Fails for the sides that libpng is told to refuse, since it does not say why it does.
  private static func requireReadableSize(_ source: ByteSource) throws {
    guard source.count >= 24 else { return }
    let sides = try source.bytes(in: 16..<24, of: "the header").map(Int.init)
    let (width, height) = (sides[..<4].reduce(0) { $0 << 8 | $1 }, sides[4...].reduce(0) { $0 << 8 | $1 })
    guard max(width, height) <= largestSide else {
      throw source.error(at: 16, excess(width: width, height: height), remedy: "Divide the picture into smaller ones.")
    }
  }

  private static func excess(width: Int, height: Int) -> String {
    "expected at most \(largestSide) rows and columns, found \(width)×\(height) pixels"
  }

  private static func requireJustified(
    _ description: png_shim_image, _ count: Int, by fileSize: Int, _ source: ByteSource
  ) throws {
    let packed = (description.file_row_bytes + 1) * Int(description.height)
    guard packed / Deflate.largestRatio <= fileSize else {
      throw source.error(
        at: 16, "the header claims \(description.width)×\(description.height) pixels, more than the file can hold",
        remedy: "The file is damaged: fetch or write it again.")
    }
    try source.requireMemory(count, for: "the picture")
  }

  private static func message(of description: png_shim_image) -> String {
    withUnsafeBytes(of: description.message) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}
