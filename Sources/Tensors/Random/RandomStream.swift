/// A reproducible, splittable stream of random numbers.
///
/// A stream is a key and a counter of ``Philox``. Splitting derives a child's key from the parent's key and a label
/// alone, never from how many numbers were drawn; so work that is cut into labelled parts draws the same numbers in any
/// order and on any number of threads.
public struct RandomStream: RandomNumberGenerator, Sendable {
  private let key: SIMD2<UInt32>
  private var blockIndex: UInt64 = 0
  private var pending: UInt64?

  /// Creates the root stream of a seed.
  ///
  /// - Parameter seed: Any number; one seed decides everything.
  public init(seed: UInt64) { key = SIMD2(UInt32(truncatingIfNeeded: seed), UInt32(truncatingIfNeeded: seed >> 32)) }

  /// The stream of a numbered part of the work.
  ///
  /// - Parameter index: The number of the part.
  /// - Returns: A stream independent of this one and of its other children.
  public func split(_ index: Int) -> RandomStream {
    let label = UInt64(bitPattern: Int64(index))
    let block = Philox.block(
      counter: SIMD4(UInt32(truncatingIfNeeded: label), UInt32(truncatingIfNeeded: label >> 32), 0x5_0117, 1), key: key)
    return RandomStream(seed: UInt64(block[0]) | UInt64(block[1]) << 32)
  }

  /// The stream of a named part of the work.
  ///
  /// - Parameter name: The name of the part, hashed by FNV-1a.
  /// - Returns: A stream independent of this one and of its other children.
  public func split(_ name: String) -> RandomStream {
    let hash = name.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
    return split(Int(Int64(bitPattern: hash)))
  }

  /// The next 64 random bits.
  public mutating func next() -> UInt64 {
    if let second = pending {
      pending = nil
      return second
    }
    let block = Philox.block(
      counter: SIMD4(UInt32(truncatingIfNeeded: blockIndex), UInt32(truncatingIfNeeded: blockIndex >> 32), 0, 0),
      key: key)
    blockIndex += 1
    pending = UInt64(block[2]) | UInt64(block[3]) << 32
    return UInt64(block[0]) | UInt64(block[1]) << 32
  }
}
