/// A number of bytes, as people write it: `512 MiB`.
public struct ByteCount: Hashable, Comparable, Sendable, CustomStringConvertible {
  /// The number of bytes.
  public let bytes: Int

  private static let units: [(name: String, bytes: Int)] = [
    ("TiB", 1 << 40), ("GiB", 1 << 30), ("MiB", 1 << 20), ("KiB", 1 << 10),
  ]

  /// States a number of bytes.
  public init(_ bytes: Int) { self.bytes = bytes }

  /// Reads a number with a unit, such as `512MiB`, `1.5 GiB` or `100000`; `K`, `M`, `G`, `T` and `KB` … mean the same
  /// powers of 1024.
  ///
  /// - Parameter text: What was typed.
  /// - Throws: ``InputError`` where it is not a positive number of bytes.
  public init(parsing text: String) throws {
    let number = text.prefix { $0.isNumber || $0 == "." }
    let unit = text.dropFirst(number.count).filter { $0 != " " }.lowercased()
    let factor =
      unit.isEmpty || unit == "b"
      ? 1
      : Self.units.first {
        [$0.name, "\($0.name.prefix(1))B", "\($0.name.prefix(1))"].map { $0.lowercased() }.contains(unit)
      }?.bytes
    guard let value = Double(number), let factor, value * Double(factor) >= 1, value * Double(factor) < 0x1p62 else {
      throw InputError(nil, "expected a number of bytes such as 512MiB or 2GiB, got '\(text)'")
    }
    bytes = Int(value * Double(factor))
  }

  /// The number in the largest unit of which there is one, with three digits.
  public var description: String {
    guard let unit = Self.units.first(where: { bytes >= $0.bytes }) else { return "\(bytes) bytes" }
    let value = Double(bytes) / Double(unit.bytes)
    let scale: Double = value < 10 ? 100 : value < 100 ? 10 : 1
    let rounded = (value * scale).rounded() / scale
    return (rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)") + " \(unit.name)"
  }

  /// Fewer bytes come first.
  public static func < (left: ByteCount, right: ByteCount) -> Bool { left.bytes < right.bytes }
}
