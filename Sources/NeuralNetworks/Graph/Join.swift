/// How several values become one.
public enum Join: String, CaseIterable, Sendable {
  /// y = Σ xᵢ, of equal shapes: the residual connection.
  case sum
  /// The channels of all values, one after the other: `[C₁, H, W]`, `[C₂, H, W]` → `[C₁ + C₂, H, W]`.
  case concatenation
  /// y[c, i, j] = x[c, i, j]·s[c] of `[C, H, W]` and one factor per channel, `[C]` or `[C, 1, 1]`.
  case scaling

  /// The shape of the result.
  ///
  /// - Parameter shapes: The shapes of one item of each value, at least one.
  /// - Returns: The shape of one item of the result.
  /// - Throws: ``LayerShapeError`` where the shapes do not fit each other.
  public func outputShape(for shapes: [[Int]]) throws -> [Int] {
    let first = shapes[0]
    switch self {
    case .sum:
      if let other = shapes.first(where: { $0 != first }) {
        throw LayerShapeError(expected: "values of one shape, \(first) as the first", found: other)
      }
      return first
    case .concatenation:
      if let other = shapes.first(where: { $0.dropFirst() != first.dropFirst() }) {
        throw LayerShapeError(
          expected: "values that differ in their channels only, the first is \(first)", found: other)
      }
      return [shapes.reduce(0) { $0 + $1[0] }] + first.dropFirst()
    case .scaling:
      guard shapes.count == 2, shapes[1].first == first.first, shapes[1].dropFirst().allSatisfy({ $0 == 1 }) else {
        throw LayerShapeError(expected: "one factor for each of \(first[0]) channels", found: shapes.last!)
      }
      return first
    }
  }
}
