/// What an image is taken to be outside its borders, as `numpy.pad` has it, repeated as often as needed.
public enum Boundary: String, CaseIterable, Sendable {
  /// Zero, as `numpy.pad(mode="constant")`.
  case zero
  /// The image again: `a b c | a b c`, as `numpy.pad(mode="wrap")`.
  case circular
  /// The image mirrored at its outermost samples: `a b c | b a`, as `numpy.pad(mode="reflect")`.
  case reflect
  /// The image mirrored at its edges: `a b c | c b a`, as `numpy.pad(mode="symmetric")`.
  case symmetric
  /// The outermost sample: `a b c | c c c`, as `numpy.pad(mode="edge")`.
  case replicate

  /// The sample of an axis of `count` samples that any index of the extended axis stands for.
  ///
  /// - Parameters:
  ///   - index: An index, 0 for the first sample; negative before it.
  ///   - count: The samples of the axis, at least 1.
  /// - Returns: The index of the sample, or `nil` for a zero.
  @inlinable
  public func source(of index: Int, in count: Int) -> Int? {
    if index >= 0 && index < count { return index }
    switch self {
    case .zero: return nil
    case .circular: return Self.remainder(index, count)
    case .replicate: return index < 0 ? 0 : count - 1
    case .symmetric:
      let place = Self.remainder(index, 2 * count)
      return min(place, 2 * count - 1 - place)
    case .reflect:
      guard count > 1 else { return 0 }
      let place = Self.remainder(index, 2 * (count - 1))
      return min(place, 2 * (count - 1) - place)
    }
  }

  @usableFromInline
  static func remainder(_ index: Int, _ count: Int) -> Int {
    let rest = index % count
    return rest < 0 ? rest + count : rest
  }
}
