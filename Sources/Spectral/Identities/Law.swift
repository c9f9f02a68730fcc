/// What an ``Identity`` states and how its two sides are computed.
protocol Law: Sendable {
  var name: String { get }
  var formula: String { get }
  var statement: String { get }

  /// The pixels that an image may have at most; `Int.max` unless the cost grows so fast that a sweep would take long.
  var largestCount: Int { get }

  /// Computes both sides on random images, and says how far rounding may part them.
  ///
  /// A comment above each implementation derives its bound from the rules of ``Rounding``.
  func sides<S: SpectralScalar>(_ trial: IdentityTrial<S>) throws -> IdentitySides<S>
}

extension Law { var largestCount: Int { .max } }
