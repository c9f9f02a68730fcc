/// The counter-based generator Philox4x32-10: a block cipher of ten rounds turned into random numbers.
///
/// Each 128-bit counter gives four 32-bit numbers, independent of all others; so a stream can be entered anywhere and
/// the numbers do not depend on who asks for them, or on which thread.
///
/// Source: J. K. Salmon, M. A. Moraes, R. O. Dror, D. E. Shaw, *Parallel random numbers: as easy as 1, 2, 3*, SC11 (2011).
public enum Philox {
  /// The block of a counter under a key.
  ///
  /// - Parameters:
  ///   - counter: Four 32-bit words, least significant first.
  ///   - key: Two 32-bit words.
  /// - Returns: Four random 32-bit words.
  @inlinable
  public static func block(counter: SIMD4<UInt32>, key: SIMD2<UInt32>) -> SIMD4<UInt32> {
    var (c, k) = (counter, key)
    for round in 0..<10 {
      if round > 0 { k = k &+ SIMD2(0x9E37_79B9, 0xBB67_AE85) }
      let p = (c[0].multipliedFullWidth(by: 0xD251_1F53), c[2].multipliedFullWidth(by: 0xCD9E_8D57))
      c = SIMD4(p.1.high ^ c[1] ^ k[0], p.1.low, p.0.high ^ c[3] ^ k[1], p.0.low)
    }
    return c
  }
}
