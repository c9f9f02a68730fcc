public import Tensors

/// A basis whose analysis is a dense product with its orthonormal atoms.
public protocol OrthonormalBasis: Basis {}

extension OrthonormalBasis {
  /// Always ``BasisKind/orthonormal``.
  public var kind: BasisKind { .orthonormal }

  /// H·W: the atoms span all images.
  public var atomCount: Int { pixelCount }

  /// 1.
  public func conditionNumber(count: Int) -> Double { 1 }

  /// The inner products of images `[N, H, W]` with the first atoms, `[N, M]`.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    AtomMatrix(self, count: count).analyze(images)
  }

  /// The images `[N, H, W]` of coefficients `[N, M]`.
  public func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    precondition(coefficients.rank == 2, "expected coefficients [N, M], got shape \(coefficients.shape)")
    return AtomMatrix(self, count: coefficients.shape[1]).synthesize(coefficients)
  }

  /// M·H·W, as the dense product takes.
  public func analysisOperations(count: Int) -> Double { Double(count) * Double(pixelCount) }
}
