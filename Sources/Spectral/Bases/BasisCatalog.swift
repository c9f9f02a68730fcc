public import Tensors

/// The bases by name.
public enum BasisCatalog {
  private static let titles: KeyValuePairs = [
    "pixels": "Pixels", "fourier": "Real Fourier basis", "dct": "Discrete cosine basis (DCT-II)",
    "haar": "Haar wavelets, pyramid", "haar-tensor": "Haar wavelets, tensor", "haar-packet": "Haar wavelet packets",
    "db2": "Daubechies wavelets, 2 vanishing moments", "db3": "Daubechies wavelets, 3 vanishing moments",
    "db4": "Daubechies wavelets, 4 vanishing moments", "walsh": "Walsh–Hadamard basis",
    "polynomial": "Gram polynomials", "monomial": "Monomials", "legendre": "Legendre polynomials",
    "chebyshev": "Chebyshev polynomials", "zernike": "Zernike polynomials", "gabor": "Gabor frame",
    "pca": "Principal components", "zca": "Zero-phase whitening (ZCA)", "random": "Random orthonormal atoms",
  ]

  /// The names that ``basis(named:height:width:random:training:)`` knows.
  public static let names = titles.map(\.key)

  /// What people call a basis, for the head of a picture.
  ///
  /// - Parameter name: One of ``names``.
  /// - Returns: The title, such as `Gram polynomials`.
  public static func title(of name: String) -> String { titles.first { $0.key == name }?.value ?? name }

  /// Whether a basis is fitted on images, as principal components are.
  ///
  /// - Parameter name: One of ``names``.
  /// - Returns: Whether ``basis(named:height:width:random:training:)`` needs training images.
  public static func needsTraining(_ name: String) -> Bool { ["pca", "zca"].contains(name) }

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
  ///   training images that are missing or of another size.
  public static func basis(
    named name: String, height: Int, width: Int, random: RandomStream, training: Tensor<Double>? = nil
  ) throws -> any Basis {
    guard height >= 1 && width >= 1 else {
      throw InputError("size", "found \(height)×\(width), expected at least 1×1")
    }
    switch name {
    case "pixels": return PixelBasis(height: height, width: width)
    case "fourier": return FourierBasis(height: height, width: width)
    case "dct": return DCTBasis(height: height, width: width)
    case "haar": return try HaarBasis(height: height, width: width)
    case "haar-tensor": return try HaarTensorBasis(height: height, width: width)
    case "haar-packet": return try HaarPacketBasis(height: height, width: width)
    case "db2": return try DaubechiesBasis(moments: 2, height: height, width: width)
    case "db3": return try DaubechiesBasis(moments: 3, height: height, width: width)
    case "db4": return try DaubechiesBasis(moments: 4, height: height, width: width)
    case "walsh": return try WalshBasis(height: height, width: width)
    case "polynomial": return PolynomialBasis(height: height, width: width)
    case "monomial": return ClassicalPolynomialBasis(.monomial, height: height, width: width)
    case "legendre": return ClassicalPolynomialBasis(.legendre, height: height, width: width)
    case "chebyshev": return ClassicalPolynomialBasis(.chebyshev, height: height, width: width)
    case "zernike": return ZernikeBasis(height: height, width: width)
    case "gabor": return GaborFrame(height: height, width: width)
    case "pca": return try PCABasis(training: images(training, height, width, for: name))
    case "zca": return try ZCABasis(training: images(training, height, width, for: name))
    case "random": return RandomBasis(height: height, width: width, random: random)
    default: throw Suggestion.unknown(name, kind: "basis", accepted: names)
    }
  }

  private static func images(
    _ training: Tensor<Double>?, _ height: Int, _ width: Int, for name: String
  ) throws -> Tensor<Double> {
    guard let training else {
      throw InputError(
        name, "this basis is fitted on training images, and there are none",
        remedy: "Give images of \(height)×\(width), or take a basis that is fixed.")
    }
    guard training.rank == 3 && training.shape.dropFirst() == [height, width] else {
      throw InputError(name, "found training images of shape \(training.shape), expected [N, \(height), \(width)]")
    }
    return training
  }
}
