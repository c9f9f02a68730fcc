public import Tensors

/// A basis of linearly independent atoms: coefficients are those of the least-squares approximation.
public protocol LeastSquaresBasis: Basis {}

extension LeastSquaresBasis {
  /// Always ``BasisKind/basis``.
  public var kind: BasisKind { .basis }

  /// σ₁/σ_M of the first atoms.
  public func conditionNumber(count: Int) -> Double {
    checkCount(count)
    return AtomConditioning.conditionNumber(of: atoms(count: count))
  }

  /// The coefficients `[N, M]` of the best approximation of images `[N, H, W]` by the first atoms.
  ///
  /// Solved by QR in Double, in the order of the atoms: one that those before it span to 12 digits gets the coefficient
  /// 0.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    checkImages(images)
    checkCount(count)
    return LeastSquares(atoms(count: count)).solve(images.inDouble()).rounded(to: S.self)
  }

  /// The images `[N, H, W]` of coefficients `[N, M]`.
  public func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    checkCoefficients(coefficients)
    return AtomMatrix(atoms(count: coefficients.shape[1])).synthesize(coefficients)
  }

  /// M·H·W for the products with Q, and M·(M + 1)/2 for the triangular solution.
  public func analysisOperations(count: Int) -> Double {
    Double(count) * Double(pixelCount) + Double(count) * Double(count + 1) / 2
  }
}
