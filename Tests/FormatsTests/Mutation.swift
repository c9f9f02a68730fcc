import Tensors

/// Ways to damage a file.
enum Mutation {
  private static let interestingBytes: [UInt8] = [0, 1, 0x7F, 0x80, 0xFE, 0xFF] + Array("0129-(),'{}[]<>|OUSf".utf8)

  /// Damages a file in one to four places, more often where headers are: at the beginning and the end.
  static func mutate(_ original: [UInt8], _ stream: inout RandomStream) -> [UInt8] {
    var bytes = original
    for _ in 0..<stream.integer(in: 1..<5) where !bytes.isEmpty {
      let place = place(in: bytes.count, &stream)
      switch stream.integer(in: 0..<7) {
      case 0: bytes[place] ^= 1 << UInt8(stream.integer(in: 0..<8))
      case 1: bytes[place] = UInt8(stream.integer(in: 0..<256))
      case 2: bytes[place] = interestingBytes[stream.integer(in: 0..<interestingBytes.count)]
      case 3: bytes.removeSubrange(place...)
      case 4: bytes.removeSubrange(place..<min(bytes.count, place + stream.integer(in: 1..<9)))
      case 5: bytes.insert(contentsOf: bytes[place..<min(bytes.count, place + 16)], at: place)
      default:
        for index in place..<min(bytes.count, place + 4) { bytes[index] = stream.integer(in: 0..<2) == 0 ? 0xFF : 0 }
      }
    }
    return bytes
  }

  private static func place(in count: Int, _ stream: inout RandomStream) -> Int {
    switch stream.integer(in: 0..<3) {
    case 0: stream.integer(in: 0..<count)
    case 1: stream.integer(in: 0..<min(count, 128))
    default: count - 1 - stream.integer(in: 0..<min(count, 400))
    }
  }

  /// Gives each chunk of a PNG file the checksum of its content, so that damage reaches the decoder behind it.
  static func repairPNGChecksums(_ file: [UInt8]) -> [UInt8] {
    var bytes = file
    var start = 8
    while start + 12 <= bytes.count {
      let length = bytes[start..<start + 4].reduce(0) { $0 << 8 | Int($1) }
      let end = start + 8 + length
      guard end + 4 <= bytes.count else { break }
      let checksum = crc32(bytes[(start + 4)..<end])
      for place in 0..<4 { bytes[end + place] = UInt8(truncatingIfNeeded: checksum >> (24 - 8 * place)) }
      start = end + 4
    }
    return bytes
  }

  private static func crc32(_ bytes: ArraySlice<UInt8>) -> UInt32 {
    ~bytes.reduce(~0) { register, byte in
      (0..<8).reduce(register ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
    }
  }
}
