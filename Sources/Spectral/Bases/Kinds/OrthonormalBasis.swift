public import Tensors

/// A basis of orthonormal atoms that span all images.
public protocol OrthonormalBasis: Basis {
  /// The fast transform that all coefficients have, where there is one.
  var fastTransform: FastTransform? { get }
}

extension OrthonormalBasis {
  /// Always ``BasisKind/orthonormal``.
  public var kind: BasisKind { .orthonormal }

  /// H·W: the atoms span all images.
  public var atomCount: Int { pixelCount }

  /// None.
  public var fastTransform: FastTransform? { nil }

  /// 1.
  public func conditionNumber(count: Int) -> Double { 1 }

  /// The inner products of images `[N, H, W]` with the first atoms, `[N, M]`.
  ///
  /// Computed by a fast transform or a product with the atoms, whichever takes fewer operations.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    checkImages(images)
    checkCount(count)
    return fastAlgorithm(count: count)?.analyze(images, count: count)
      ?? AtomMatrix(atoms(count: count)).analyze(images)
  }

  /// The images `[N, H, W]` of coefficients `[N, M]`.
  public func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    checkCoefficients(coefficients)
    let count = coefficients.shape[1]
    return fastAlgorithm(count: count)?.synthesize(coefficients)
      ?? AtomMatrix(atoms(count: count)).synthesize(coefficients)
  }

  /// Those of the fast transform, or the M·H·W of the product where that is less.
  public func analysisOperations(count: Int) -> Double {
    fastAlgorithm(count: count)?.operations ?? productOperations(count: count)
  }

  private func fastAlgorithm(count: Int) -> (any TransformAlgorithm)? {
    guard let algorithm = fastTransform?.algorithm else { return nil }
    return algorithm.operations < productOperations(count: count) ? algorithm : nil
  }

  private func productOperations(count: Int) -> Double { Double(count) * Double(pixelCount) }
}
