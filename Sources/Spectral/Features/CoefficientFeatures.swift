public import Tensors

/// The coefficients of an image on the first M atoms of a basis.
///
/// Computed in Double. Name: `fourier:64`, or the basis' name alone when M is
/// all of its atoms.
public struct CoefficientFeatures: FeatureMap {
  /// The basis.
  public let basis: any Basis
  /// M, the number of features.
  public let dimension: Int

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - basis: The basis.
  ///   - count: M; all atoms when left out.
  /// - Throws: `InputError` unless 1 ≤ M ≤ the number of atoms.
  public init(basis: any Basis, count: Int? = nil) throws {
    if let count { try basis.validate(count: count) }
    self.basis = basis
    dimension = count ?? basis.atomCount
  }

  /// `BASIS:M`, or `BASIS` for all atoms.
  public var name: String { dimension == basis.atomCount ? basis.name : "\(basis.name):\(dimension)" }

  /// H, the number of rows of an image.
  public var height: Int { basis.height }

  /// W, the number of columns of an image.
  public var width: Int { basis.width }

  /// The names of the atoms.
  public var featureNames: [String] { basis.atomNames(count: dimension) }

  /// What the analysis takes, such as M·H·W.
  public var operations: Double { basis.analysisOperations(count: dimension) }

  /// The coefficients of images `[N, H, W]`, `[N, M]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    try validate(images)
    return basis.analyze(images.inDouble(), count: dimension)
  }
}
