import Foundation
import Tensors

/// What a safetensors file says about its tensors, checked against its size.
struct SafetensorsHeader: Sendable {
  /// A tensor and where its numbers lie, counted from the first number of the file.
  struct Entry: Sendable {
    let name: String
    let type: NumPyArray.ElementType
    let shape: [Int]
    let bytes: Range<Int>
  }

  /// The tensors in the order of their numbers.
  let entries: [Entry]
  /// Where in ``entries`` each name is.
  let places: [String: Int]
  /// Free text by keys.
  let metadata: [String: String]
  /// Where the numbers begin in the file.
  let dataOffset: Int

  /// The longest header that the format allows, in bytes.
  static let longest = 100_000_000

  private static let types: [(code: String, type: NumPyArray.ElementType)] = [
    ("BOOL", .bool), ("I8", .int8), ("U8", .uint8), ("I16", .int16), ("U16", .uint16), ("F16", .float16),
    ("I32", .int32), ("U32", .uint32), ("F32", .float32), ("I64", .int64), ("U64", .uint64), ("F64", .float64),
  ]

  /// Reads and checks the header of a file.
  init(_ source: ByteSource) throws {
    var reader = ByteReader(try source.bytes(in: 0..<min(8, source.count), of: "the file"), name: source.name)
    let length = try reader.uint64()
    guard length <= UInt64(min(Self.longest, source.count - 8)) else {
      throw source.error(
        at: 0, "the header claims \(length) bytes, but the file has \(source.count - 8) after its length",
        remedy: "It is not a safetensors file, or it is truncated: fetch or write it again.")
    }
    let text = try source.bytes(in: 8..<8 + Int(length), of: "the header")
    let content = try Self.parse(text, source)
    dataOffset = 8 + Int(length)
    metadata = content.metadata
    entries = try content.tensors.map { try Self.entry($0.key, $0.value, source) }
      .sorted {
        ($0.bytes.lowerBound, $0.bytes.upperBound, $0.name) < ($1.bytes.lowerBound, $1.bytes.upperBound, $1.name)
      }
    places = Dictionary(uniqueKeysWithValues: entries.enumerated().map { ($1.name, $0) })
    try checkCoverage(source)
  }

  private static func parse(_ text: ArraySlice<UInt8>, _ source: ByteSource) throws -> Content {
    guard text.first == UInt8(ascii: "{") else {
      throw source.error(
        at: 8, "the header does not begin with '{'", remedy: "Give a file that safetensors has written.")
    }
    do {
      return try JSONDecoder().decode(Content.self, from: Data(text))
    } catch let error as DecodingError {
      throw source.error(at: 8, "the header is not what safetensors writes: \(error.summary)")
    }
  }

  private static func entry(_ name: String, _ content: Content.Tensor, _ source: ByteSource) throws -> Entry {
    let subject = "tensor '\(name)'"
    guard let type = types.first(where: { $0.code == content.dtype })?.type else {
      throw source.error(
        "\(subject) has type '\(content.dtype)', expected \(types.map(\.code).joined(separator: ", "))",
        remedy: "Convert it before saving, for instance with tensor.float().")
    }
    guard content.offsets.count == 2, 0 <= content.offsets[0], content.offsets[0] <= content.offsets[1] else {
      throw source.error("\(subject) has data_offsets \(content.offsets), expected a begin and an end")
    }
    let size = content.shape.reduce(Optional(type.byteCount)) { product, side in
      guard let product, side >= 0 else { return nil }
      let (value, overflow) = product.multipliedReportingOverflow(by: side)
      return overflow ? nil : value
    }
    let bytes = content.offsets[0]..<content.offsets[1]
    guard let size, size == bytes.count else {
      throw source.error(
        "\(subject) has shape \(content.shape) of \(content.dtype) in \(bytes.count) bytes, "
          + "expected \(size.map { "\($0) bytes" } ?? "sizes of at least 0 that fit into memory")")
    }
    return Entry(name: name, type: type, shape: content.shape, bytes: bytes)
  }

  private func checkCoverage(_ source: ByteSource) throws {
    var end = 0
    for entry in entries {
      guard entry.bytes.lowerBound == end else {
        throw source.error(
          at: dataOffset + min(end, entry.bytes.lowerBound),
          "tensor '\(entry.name)' begins at byte \(entry.bytes.lowerBound) of the data, expected \(end)",
          remedy: "Tensors overlap or leave a gap; the file is damaged.")
      }
      end = entry.bytes.upperBound
    }
    guard dataOffset + end == source.count else {
      throw source.error(
        at: min(source.count, dataOffset + end),
        "the tensors end at byte \(dataOffset + end), but the file has \(source.count)",
        remedy: "The file is truncated or damaged: fetch or write it again.")
    }
  }

  /// The header of a file, its length included, padded so that the numbers begin at a multiple of eight.
  static func encode(
    _ tensors: [(name: String, type: NumPyArray.ElementType, shape: [Int])], metadata: [String: String]
  ) throws -> [UInt8] {
    precondition(
      Set(tensors.map(\.name)).union([metadataKey]).count == tensors.count + 1,
      "expected different names, got \(tensors.map(\.name))")
    var members = metadata.isEmpty ? [] : ["\"\(metadataKey)\":\(try text(of: metadata))"]
    var offset = 0
    for (name, type, shape) in tensors {
      guard let code = types.first(where: { $0.type == type })?.code else {
        preconditionFailure("expected numbers or truth values, got \(type)")
      }
      let end = offset + shape.reduce(type.byteCount, *)
      members.append(
        "\(try text(of: name)):{\"dtype\":\"\(code)\",\"shape\":\(try text(of: shape)),\"data_offsets\":[\(offset),\(end)]}"
      )
      offset = end
    }
    var json = Array("{\(members.joined(separator: ","))}".utf8)
    json += [UInt8](repeating: UInt8(ascii: " "), count: (8 - json.count % 8) % 8)
    return (0..<8).map { UInt8(truncatingIfNeeded: json.count >> (8 * $0)) } + json
  }

  private static let metadataKey = "__metadata__"

  private static func text(of value: some Encodable) throws -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return String(decoding: try encoder.encode(value), as: UTF8.self)
  }

  /// The JSON document.
  private struct Content: Decodable {
    struct Tensor: Decodable {
      let dtype: String
      let shape: [Int]
      let offsets: [Int]

      enum CodingKeys: String, CodingKey {
        case dtype, shape
        case offsets = "data_offsets"
      }
    }

    struct Key: CodingKey {
      let stringValue: String
      var intValue: Int? { nil }
      init(stringValue: String) { self.stringValue = stringValue }
      init?(intValue: Int) { nil }
    }

    let tensors: [String: Tensor]
    let metadata: [String: String]

    init(from decoder: any Decoder) throws {
      let container = try decoder.container(keyedBy: Key.self)
      let names = container.allKeys.filter { $0.stringValue != metadataKey }
      metadata = try container.decodeIfPresent([String: String].self, forKey: Key(stringValue: metadataKey)) ?? [:]
      tensors = try Dictionary(
        uniqueKeysWithValues: names.map { ($0.stringValue, try container.decode(Tensor.self, forKey: $0)) })
    }
  }
}

extension DecodingError {
  /// What is wrong, and where in the document.
  fileprivate var summary: String {
    let context: Context
    switch self {
    case .typeMismatch(_, let found), .valueNotFound(_, let found), .keyNotFound(_, let found),
      .dataCorrupted(let found):
      context = found
    @unknown default: return "\(self)"
    }
    let path = context.codingPath.map(\.stringValue).joined(separator: ".")
    return path.isEmpty ? context.debugDescription : "\(context.debugDescription) (at \(path))"
  }
}
