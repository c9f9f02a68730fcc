import Tensors

/// Where the central directory of a zip archive lies, and what is written in it.
struct ZipDirectory {
  /// The bytes of the directory in the file.
  let range: Range<Int>
  /// The number of entries that it claims.
  let count: Int

  private static let endLength = 22
  private static let longestComment = 0xFFFF

  /// Finds the directory from the record at the end of the file.
  static func locate(in source: ByteSource) throws -> ZipDirectory {
    let tailStart = max(0, source.count - endLength - longestComment)
    let tail = try source.bytes(in: tailStart..<source.count, of: "the end of the archive")
    guard let place = endRecord(in: tail) else {
      throw source.error(
        at: 0, "not a zip archive, or its end is missing", remedy: "An NPZ file is written by np.savez or by BasisLab.")
    }
    let endOffset = tailStart + place
    var reader = ByteReader(tail, name: source.name, offset: tailStart, position: place + 8)
    let (onThisDisk, count) = (try reader.uint16(), Int(try reader.uint16()))
    let (size, start) = (Int(try reader.uint32()), Int(try reader.uint32()))
    if count == 0xFFFF || size == 0xFFFF_FFFF || start == 0xFFFF_FFFF {
      return try locate64(in: source, endOffset: endOffset)
    }
    guard Int(onThisDisk) == count else { throw damaged(source, endOffset) }
    return try checked(start: start, size: size, count: count, limit: endOffset, source)
  }

  private static func endRecord(in tail: ArraySlice<UInt8>) -> Int? {
    guard tail.count >= endLength else { return nil }
    return tail.withUnsafeBytes { bytes in
      (0...(bytes.count - endLength)).last { place in
        bytes.loadUnaligned(fromByteOffset: place, as: UInt32.self) == 0x0605_4B50
          && Int(bytes.loadUnaligned(fromByteOffset: place + 20, as: UInt16.self)) == bytes.count - place - endLength
      }
    }
  }

  private static func locate64(in source: ByteSource, endOffset: Int) throws -> ZipDirectory {
    guard endOffset >= 20 + 56 else { throw damaged(source, endOffset) }
    let locator = try source.bytes(in: endOffset - 20..<endOffset, of: "the zip64 locator")
    var reader = ByteReader(locator, name: source.name, offset: endOffset - 20)
    guard try reader.uint32() == 0x0706_4B50 else { throw damaged(source, endOffset - 20) }
    _ = try reader.uint32()
    guard let offset = Int(exactly: try reader.uint64()), offset <= endOffset - 20 - 56 else {
      throw damaged(source, endOffset - 20)
    }
    let record = try source.bytes(in: offset..<offset + 56, of: "the zip64 end record")
    reader = ByteReader(record, name: source.name, offset: offset)
    guard try reader.uint32() == 0x0606_4B50 else { throw damaged(source, offset) }
    _ = try reader.take(28)
    guard let count = Int(exactly: try reader.uint64()), let size = Int(exactly: try reader.uint64()),
      let start = Int(exactly: try reader.uint64())
    else { throw damaged(source, offset) }
    return try checked(start: start, size: size, count: count, limit: offset, source)
  }

  private static func checked(
    start: Int, size: Int, count: Int, limit: Int, _ source: ByteSource
  ) throws -> ZipDirectory {
    guard start <= limit && size == limit - start && count <= size / 46 else { throw damaged(source, limit) }
    return ZipDirectory(range: start..<limit, count: count)
  }

  private static func damaged(_ source: ByteSource, _ byte: Int) -> InputError {
    source.error(
      at: byte, "the zip directory is damaged or lies about its size",
      remedy: "Fetch or write the file again.")
  }

  /// The entries in the order of the directory.
  func readEntries(of source: ByteSource) throws -> [ZipArchive.Entry] {
    let bytes = try source.bytes(in: range, of: "the zip directory")
    var reader = ByteReader(bytes, name: source.name, offset: range.lowerBound)
    let entries = try (0..<count).map { _ in try Self.readEntry(&reader, source, range.lowerBound) }
    guard reader.remaining == 0 else { throw Self.damaged(source, range.lowerBound + reader.position) }
    return entries
  }

  private static func readEntry(
    _ reader: inout ByteReader, _ source: ByteSource, _ offset: Int
  ) throws -> ZipArchive.Entry {
    let place = offset + reader.position
    guard try reader.uint32() == 0x0201_4B50 else { throw damaged(source, place) }
    _ = try reader.take(4)
    let (flags, method) = (try reader.uint16(), try reader.uint16())
    _ = try reader.take(4)
    let checksum = try reader.uint32()
    let sizes = (packed: try reader.uint32(), plain: try reader.uint32())
    let lengths = (name: try reader.uint16(), extra: try reader.uint16(), comment: try reader.uint16())
    _ = try reader.take(8)
    let header = try reader.uint32()
    let name = String(decoding: try reader.take(Int(lengths.name)), as: UTF8.self)
    var large = try Zip64Field(try reader.take(Int(lengths.extra)), name: source.name)
    _ = try reader.take(Int(lengths.comment))
    let size = try large.value(for: sizes.plain)
    let compressedSize = try large.value(for: sizes.packed)
    guard let size, let compressedSize, let headerOffset = try large.value(for: header) else {
      throw damaged(source, place)
    }
    return ZipArchive.Entry(
      name: name, method: method, flags: flags, checksum: checksum, compressedSize: compressedSize, size: size,
      headerOffset: headerOffset)
  }
}

/// The 64-bit numbers of an entry whose 32-bit places hold 0xFFFFFFFF.
private struct Zip64Field {
  private var reader: ByteReader

  init(_ extra: ArraySlice<UInt8>, name: String) throws {
    var fields = ByteReader(extra, name: name)
    var content: ArraySlice<UInt8> = []
    while fields.remaining >= 4 {
      let (kind, length) = (try fields.uint16(), Int(try fields.uint16()))
      let bytes = try fields.take(length)
      if kind == 1 { content = bytes }
    }
    reader = ByteReader(content, name: name)
  }

  /// The number that a 32-bit field stands for; `nil` where it fits no file.
  mutating func value(for field: UInt32) throws -> Int? {
    guard field == 0xFFFF_FFFF else { return Int(field) }
    guard let number = Int(exactly: try reader.uint64()), number <= 1 << 56 else { return nil }
    return number
  }
}
