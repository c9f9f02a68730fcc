import Tensors

/// Writes a zip archive of less than 4 GiB, entry by entry, dated 1980-01-01 as NumPy dates them.
struct ZipWriter {
  private let name: String
  private var offset = 0
  private var directory: [UInt8] = []
  private var count = 0

  /// Starts an archive; the name is for error messages.
  init(name: String) { self.name = name }

  /// Appends one file to the archive.
  mutating func append(
    _ entry: String, _ content: [UInt8], compressed: Bool, to file: AtomicFile
  ) throws {
    try requireSpace(for: content.count + directory.count, entry)
    let packed = compressed ? Deflate.deflate(content[...]) : content
    try requireSpace(for: packed.count + directory.count, entry)
    let description = fields(of: entry, content, packed, compressed: compressed)
    let local = Self.bytes(0x0403_4B50 as UInt32) + description + Array(entry.utf8)
    directory += Self.bytes(0x0201_4B50 as UInt32) + Self.bytes(20 as UInt16) + description
    directory += [UInt8](repeating: 0, count: 10) + Self.bytes(UInt32(offset)) + Array(entry.utf8)
    try local.withUnsafeBytes { try file.write($0) }
    try packed.withUnsafeBytes { try file.write($0) }
    offset += local.count + packed.count
    count += 1
  }

  /// Writes the directory, which completes the archive.
  func finish(_ file: AtomicFile) throws {
    let counts = Self.bytes(UInt16(count)) + Self.bytes(UInt16(count))
    let end =
      Self.bytes(0x0605_4B50 as UInt32) + [0, 0, 0, 0] + counts + Self.bytes(UInt32(directory.count))
      + Self.bytes(UInt32(offset)) + [0, 0]
    try (directory + end).withUnsafeBytes { try file.write($0) }
  }

  /// What local header and directory say alike: version, flags, method, date, checksum, sizes, length of the name.
  private func fields(of entry: String, _ content: [UInt8], _ packed: [UInt8], compressed: Bool) -> [UInt8] {
    let nameIsUnicode: UInt16 = 0x0800
    let numbers: [UInt16] = [
      20, entry.utf8.allSatisfy { $0 < 0x80 } ? 0 : nameIsUnicode, compressed ? 8 : 0, 0, 0x0021,
    ]
    return numbers.flatMap(Self.bytes) + Self.bytes(Deflate.checksum(content[...]))
      + Self.bytes(UInt32(packed.count)) + Self.bytes(UInt32(content.count)) + Self.bytes(UInt16(entry.utf8.count))
      + Self.bytes(0 as UInt16)
  }

  private func requireSpace(for count: Int, _ entry: String) throws {
    guard offset + count < 0xFFFF_0000 && self.count < 0xFFFE && entry.utf8.count < 0xFFFF else {
      throw InputError(
        name, "'\(entry)' does not fit: an archive holds less than 4 GiB",
        remedy: "Write large arrays as .npy files.")
    }
  }

  private static func bytes<Number: FixedWidthInteger>(_ number: Number) -> [UInt8] {
    withUnsafeBytes(of: number.littleEndian) { Array($0) }
  }
}
