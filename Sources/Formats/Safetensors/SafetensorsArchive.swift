import Tensors

/// The named tensors of a safetensors file, each read when it is asked for.
public struct SafetensorsArchive: Sendable {
  /// The names of the tensors, in the order of their numbers in the file.
  public let names: [String]
  /// Free text by keys.
  public let metadata: [String: String]

  private let source: ByteSource
  private let header: SafetensorsHeader

  package init(_ source: ByteSource) throws {
    header = try SafetensorsHeader(source)
    self.source = source
    metadata = header.metadata
    names = header.entries.map(\.name)
  }

  /// Whether there is a tensor of that name.
  public func contains(_ name: String) -> Bool { header.places[name] != nil }

  /// The shape of a tensor, without its numbers; `nil` where there is none of that name.
  public func shape(of name: String) -> [Int]? { header.places[name].map { header.entries[$0].shape } }

  /// The tensor of that name.
  ///
  /// - Throws: ``InputError`` listing the names that exist where this one does not; where the file cannot be read.
  public subscript(_ name: String) -> NumPyArray {
    get throws {
      guard let place = header.places[name] else {
        let hint = Suggestion.closest(to: name, among: names).map { "; did you mean '\($0)'?" } ?? ""
        throw source.error(
          "there is no tensor '\(name)'\(hint)",
          remedy: names.isEmpty ? "The file holds no tensors." : "It holds: \(names.joined(separator: ", ")).")
      }
      let entry = header.entries[place]
      let bytes = try source.bytes(
        in: header.dataOffset + entry.bytes.lowerBound..<header.dataOffset + entry.bytes.upperBound,
        of: "tensor '\(name)'")
      return NumPyArray(
        shape: entry.shape, elementType: entry.type, bytes: bytes, origin: "\(source.name), tensor '\(name)'")
    }
  }
}
