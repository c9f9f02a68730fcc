import Tensors

extension Dataset {
  /// A fingerprint of the content: 16 hexadecimal digits, FNV-1a with 64 bits.
  ///
  /// Taken over the shape, the bits of the pixels, the labels, the names of the classes, the groups, the official split and
  /// the numbers, all little-endian; not over the name and the summary. It tells data sets apart that were mixed up or
  /// changed; it is no protection against forgery. O(number of pixels).
  public var checksum: String {
    var hash = FNV1a()
    hash.add(integers: images.shape)
    images.withUnsafeBufferPointer { for pixel in $0 { hash.add(pixel.bitPattern) } }
    hash.add(integers: labels)
    hash.add(strings: classes)
    hash.add(integers: groups?.identifiers ?? [])
    hash.add(integers: officialTest.map { [$0.lowerBound, $0.upperBound] } ?? [])
    for number in numbers ?? [] { hash.add(number.bitPattern) }
    return hash.digits
  }
}

/// The hash FNV-1a of Fowler, Noll and Vo, with 64 bits.
package struct FNV1a {
  /// The hash of what has been added.
  package private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

  package init() {}

  /// The hash in 16 hexadecimal digits.
  package var digits: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }

  package mutating func add(byte: UInt8) { value = (value ^ UInt64(byte)) &* 0x100_0000_01B3 }

  package mutating func add(_ number: some FixedWidthInteger) {
    for shift in stride(from: 0, to: number.bitWidth, by: 8) { add(byte: UInt8(truncatingIfNeeded: number >> shift)) }
  }

  mutating func add(integers: [Int]) {
    add(Int64(integers.count))
    for integer in integers { add(Int64(integer)) }
  }

  mutating func add(strings: [String]) {
    add(Int64(strings.count))
    for string in strings {
      add(Int64(string.utf8.count))
      for byte in string.utf8 { add(byte: byte) }
    }
  }
}
