internal import Tensors

/// A law of transforms and convolutions that holds exactly in real arithmetic, and to a known bound in floating point.
///
/// The two sides are computed in different ways: convolutions by the direct sum, spectra by the FFT, matrices entry by
/// entry. The error is relative to the scale in which the bound is derived, so that error ≤ bound is the whole test.
public struct Identity: Sendable {
  /// What the identity is called on the command line.
  public var name: String { law.name }
  /// The law in one line.
  public var formula: String { law.formula }
  /// The law in words.
  public var statement: String { law.statement }

  private let law: any Law

  init(_ law: any Law) { self.law = law }

  /// All identities, family by family.
  public static var all: [Identity] { IdentityFamily.all.flatMap(\.identities) }

  /// The identity of a name.
  ///
  /// - Parameter name: One of the names in ``all``.
  /// - Returns: The identity.
  /// - Throws: `InputError` that lists the names.
  public static func named(_ name: String) throws -> Identity {
    guard let identity = all.first(where: { $0.name == name }) else {
      throw Suggestion.unknown(name, kind: "identity", accepted: all.map(\.name))
    }
    return identity
  }

  /// The sizes of a sweep: even, odd, prime, single rows and columns, tiny and non-square.
  public static let standardSizes = [
    ImageSize(1, 1), ImageSize(1, 2), ImageSize(2, 3), ImageSize(1, 16), ImageSize(1, 31), ImageSize(29, 1),
    ImageSize(8, 8), ImageSize(15, 15), ImageSize(16, 16), ImageSize(13, 17), ImageSize(12, 20), ImageSize(31, 31),
    ImageSize(24, 45), ImageSize(32, 32),
  ]

  /// Checks the identity on random images of every size, in both precisions.
  ///
  /// An identity whose cost grows with the square of the pixels is checked on smaller images: both sides are halved
  /// until there are few enough pixels.
  ///
  /// - Parameters:
  ///   - sizes: H and W of the images, at least one size.
  ///   - seed: Decides the images.
  ///   - injectsFault: Whether one number of the left side is changed by a hundredth of the scale of the error, to
  ///     show that the check can fail.
  /// - Returns: For each precision the result of the size that comes nearest to its bound, or violates it most.
  public func verify(sizes: [ImageSize] = Identity.standardSizes, seed: UInt64 = 0, injectsFault: Bool = false)
    -> [IdentityResult]
  {
    precondition(!sizes.isEmpty, "expected at least one size")
    let stream = RandomStream(seed: seed).split(name)
    let sizes = sizes.map { $0.halved(toCount: law.largestCount) }
    return [
      worst(sizes.map { check($0, stream, injectsFault, as: Float.self) }),
      worst(sizes.map { check($0, stream, injectsFault, as: Double.self) }),
    ]
  }

  private func worst(_ results: [IdentityResult]) -> IdentityResult {
    results.reduce(results[0]) { $0.severity >= $1.severity ? $0 : $1 }
  }

  private func check<S: SpectralScalar>(
    _ size: ImageSize, _ stream: RandomStream, _ injectsFault: Bool, as precision: S.Type
  ) -> IdentityResult {
    let stream = stream.split(size.description)
    do {
      var sides = try law.sides(IdentityTrial<S>(size: size, stream: stream))
      if injectsFault { sides.injectFault(stream.split("fault")) }
      return IdentityResult(
        identity: name, formula: formula, precision: S.name, size: size, error: sides.error, bound: sides.bound)
    } catch { preconditionFailure("expected sizes that fit '\(name)' at \(size), got \(error)") }
  }
}
