import Tensors

/// The named arrays of an NPZ file, each decoded when it is asked for.
public struct NPZArchive: Sendable {
  /// The names of the arrays, in the order of the file.
  public let names: [String]

  private let archive: ZipArchive
  private let entries: [String: ZipArchive.Entry]

  package init(_ source: ByteSource) throws {
    archive = try ZipArchive(source)
    let arrays = archive.entries.filter { $0.name.hasSuffix(".npy") }.map { (String($0.name.dropLast(4)), $0) }
    names = arrays.map(\.0)
    entries = try Dictionary(arrays) { first, _ in
      throw source.error(at: first.headerOffset, "two arrays have the name '\(first.name)'")
    }
  }

  /// Whether there is an array of that name.
  public func contains(_ name: String) -> Bool { entries[name] != nil }

  /// The array of that name.
  ///
  /// - Throws: ``InputError`` listing the names that exist where this one does not; naming the array where it is damaged
  ///   or cannot be read.
  public subscript(_ name: String) -> NumPyArray {
    get throws {
      let (entry, place) = try find(name)
      let header = try header(of: entry, place)
      let bytes = try archive.content(of: entry, place: place)
      return NumPyArray(header, bytes: bytes.dropFirst(header.dataOffset), origin: place)
    }
  }

  /// What the archive says about an array, without the array.
  ///
  /// - Parameter name: The name of the array.
  /// - Returns: Shape and type; offsets count from the start of the unpacked array file.
  /// - Throws: ``InputError`` as the subscript does.
  public func header(of name: String) throws -> NPYHeader {
    let (entry, place) = try find(name)
    return try header(of: entry, place)
  }

  private func header(of entry: ZipArchive.Entry, _ place: String) throws -> NPYHeader {
    let beginning = try archive.beginning(of: entry, count: NPYHeader.longest, place: place)
    let header = try NPYHeader(beginning, name: place)
    try header.check(availableBytes: entry.size, name: place)
    return header
  }

  private func find(_ name: String) throws -> (ZipArchive.Entry, place: String) {
    let place = "\(archive.source.name), array '\(name)'"
    if let entry = entries[name] { return (entry, place) }
    let hint = Suggestion.closest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
    throw InputError(
      archive.source.name, "there is no array '\(name)'\(hint)",
      remedy: names.isEmpty ? "The file holds no arrays." : "It holds: \(names.joined(separator: ", ")).")
  }
}
