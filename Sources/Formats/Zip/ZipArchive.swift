import Tensors

/// The entries of a zip archive, found through its central directory.
///
/// Stored and deflated entries are read, zip64 included. Every size is checked against the file before anything is
/// allocated: entries must lie one after the other without overlap, and a deflated one may claim at most the 1032 times
/// its compressed size that the deflate format can reach.
struct ZipArchive: Sendable {
  /// One file of the archive, as the central directory describes it.
  struct Entry: Sendable {
    let name: String
    let method: UInt16
    let flags: UInt16
    let checksum: UInt32
    let compressedSize: Int
    let size: Int
    let headerOffset: Int
    /// Where the next entry, or the directory, begins.
    var end = 0
  }

  let source: ByteSource
  let entries: [Entry]

  init(_ source: ByteSource) throws {
    self.source = source
    let directory = try ZipDirectory.locate(in: source)
    var entries = try directory.readEntries(of: source)
    let order = entries.indices.sorted { entries[$0].headerOffset < entries[$1].headerOffset }
    for (place, index) in order.enumerated() {
      let next = place + 1 < order.count ? entries[order[place + 1]].headerOffset : directory.range.lowerBound
      entries[index].end = next
      try Self.check(entries[index], in: source)
    }
    self.entries = entries
  }

  /// The unpacked bytes of an entry, with their checksum verified.
  func content(of entry: Entry, place: String) throws -> ArraySlice<UInt8> {
    try source.requireMemory(entry.size, for: "'\(entry.name)'")
    let packed = try source.bytes(in: dataRange(of: entry), of: "'\(entry.name)'")
    let content =
      entry.method == 0 ? packed : try Deflate.inflate(packed, count: entry.size, place: place, isWhole: true)[...]
    guard Deflate.checksum(content) == entry.checksum else {
      throw InputError(
        place, "the checksum does not match, the content is damaged", remedy: "Fetch or write the file again.")
    }
    return content
  }

  /// The first unpacked bytes of an entry, all of them where there are fewer.
  func beginning(of entry: Entry, count: Int, place: String) throws -> ArraySlice<UInt8> {
    let wanted = min(count, entry.size)
    let range = try dataRange(of: entry)
    let enough = min(range.count, entry.method == 0 ? wanted : wanted + 1024)
    let packed = try source.bytes(in: range.lowerBound..<range.lowerBound + enough, of: "'\(entry.name)'")
    return entry.method == 0 ? packed : try Deflate.inflate(packed, count: wanted, place: place, isWhole: false)[...]
  }

  private func dataRange(of entry: Entry) throws -> Range<Int> {
    let bytes = try source.bytes(in: entry.headerOffset..<entry.headerOffset + 30, of: "'\(entry.name)'")
    var reader = ByteReader(bytes, name: source.name, offset: entry.headerOffset)
    let signature = try reader.uint32()
    _ = try reader.take(22)
    let start = entry.headerOffset + 30 + Int(try reader.uint16()) + Int(try reader.uint16())
    guard signature == 0x0403_4B50 && start + entry.compressedSize <= entry.end else {
      throw source.error(
        at: entry.headerOffset, "the zip directory and the entry '\(entry.name)' contradict each other",
        remedy: "The file is damaged: fetch or write it again.")
    }
    return start..<start + entry.compressedSize
  }

  private static func check(_ entry: Entry, in source: ByteSource) throws {
    func failure(_ problem: String) -> InputError {
      source.error(at: entry.headerOffset, "entry '\(entry.name)' \(problem)")
    }
    guard entry.headerOffset + 30 <= entry.end && entry.compressedSize <= entry.end - entry.headerOffset - 30 else {
      throw failure("overlaps what follows it, or lies outside the file")
    }
    guard entry.flags & 0x2041 == 0 else { throw failure("is encrypted, which cannot be read") }
    switch entry.method {
    case 0:
      guard entry.size == entry.compressedSize else { throw failure("is stored, but its two sizes differ") }
    case 8:
      guard entry.size / Deflate.largestRatio <= entry.compressedSize else {
        throw failure("claims \(entry.size) bytes from \(entry.compressedSize), more than deflate can hold")
      }
    default: throw failure("is packed by method \(entry.method), expected stored (0) or deflated (8)")
    }
  }
}
