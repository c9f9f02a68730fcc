public import Tensors

/// The bases by name.
public enum BasisCatalog {
  /// The names that ``basis(named:height:width:random:)`` knows.
  public static let names = ["pixels", "fourier", "haar", "polynomial", "random"]

  /// Makes a basis.
  ///
  /// - Parameters:
  ///   - name: One of ``names``.
  ///   - height: H.
  ///   - width: W.
  ///   - random: What decides the atoms of `random`; the other bases leave it alone.
  /// - Returns: The basis.
  /// - Throws: `InputError` for an unknown name, with a suggestion, and for a size that the basis does not have.
  public static func basis(named name: String, height: Int, width: Int, random: RandomStream) throws -> any Basis {
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
