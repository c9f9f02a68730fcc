public import Tensors

/// The bases by name.
public enum BasisCatalog {
  /// The names that ``basis(named:height:width:random:training:)`` knows.
  public static let names = ["pixels", "fourier", "haar", "polynomial", "random"]

  /// Whether a basis is fitted on images, as a principal component is.
  ///
  /// - Parameter name: One of ``names``.
  /// - Returns: Whether ``basis(named:height:width:random:training:)`` needs training images.
  public static func needsTraining(_ name: String) -> Bool { fitted.contains(name) }

  private static let fitted: Set<String> = []

  /// Makes a basis.
  ///
  /// - Parameters:
  ///   - name: One of ``names``.
  ///   - height: H.
  ///   - width: W.
  ///   - random: What decides the atoms of `random`; the other bases leave it alone.
  ///   - training: The images `[N, H, W]` that a basis is fitted on where it ``needsTraining(_:)``.
  /// - Returns: The basis.
  /// - Throws: `InputError` for an unknown name, with a suggestion, for a size that the basis does not have, and for
  ///   training images that are missing.
  public static func basis(
    named name: String, height: Int, width: Int, random: RandomStream, training: Tensor<Double>? = nil
  ) throws -> any Basis {
    guard height >= 1 && width >= 1 else {
      throw InputError("size", "found \(height)×\(width), expected at least 1×1")
    }
    switch name {
    case "pixels": return PixelBasis(height: height, width: width)
    case "fourier": return FourierBasis(height: height, width: width)
    case "haar": return try HaarBasis(height: height, width: width)
    case "polynomial": return PolynomialBasis(height: height, width: width)
    case "random": return RandomBasis(height: height, width: width, random: random)
    default: throw Suggestion.unknown(name, kind: "basis", accepted: names)
    }
  }
}
