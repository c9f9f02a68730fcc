/// How well an identity holds in one precision.
public struct IdentityResult: Sendable, Encodable {
  /// The name of the identity.
  public let identity: String
  /// Its law in one line.
  public let formula: String
  /// `float32` or `float64`.
  public let precision: String
  /// The size with the worst error.
  public let size: ImageSize
  /// The relative difference between the two sides.
  public let error: Double
  /// What the error may be at most.
  public let bound: Double

  /// Whether the error is within its bound; false for an error that is not a number.
  public var passed: Bool { error <= bound }

  var severity: Double { error.isNaN ? .infinity : error / bound }

  private enum CodingKeys: CodingKey { case identity, formula, precision, size, error, bound, passed }

  /// Writes an object with the keys identity, formula, precision, size, error, bound and passed.
  public func encode(to encoder: any Encoder) throws {
    var container = encoder.container(keyedBy: CodingKeys.self)
    try container.encode(identity, forKey: .identity)
    try container.encode(formula, forKey: .formula)
    try container.encode(precision, forKey: .precision)
    try container.encode(size.description, forKey: .size)
    try container.encode(error, forKey: .error)
    try container.encode(bound, forKey: .bound)
    try container.encode(passed, forKey: .passed)
  }
}
