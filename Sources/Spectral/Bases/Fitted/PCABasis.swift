public import Tensors

/// Principal components: the orthonormal directions in which training images vary, the widest first.
///
/// The rows of Vᵀ in X − x̄ = U·Σ·Vᵀ, with the training images as the rows of X; the largest number of an atom is
/// positive. They are those of scikit-learn's `PCA().fit(X).components_`, completed to all images where the training
/// images vary in fewer directions. A coefficient is ⟨φⱼ, x⟩; scikit-learn's `transform` subtracts the constant ⟨φⱼ,
/// x̄⟩, which an intercept takes up. Source: K. Pearson, *On lines and planes of closest fit to systems of points in
/// space*, Philosophical Magazine 2 (1901).
///
/// Order: by variance, descending. Names: `pca(j)`.
public struct PCABasis: OrthonormalBasis {
  /// `pca`.
  public let name = "pca"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  /// The variance of the training images along each atom.
  public let variances: [Double]

  private let directions: Tensor<Double>

  /// Fits the basis.
  ///
  /// - Parameter training: At least two images `[N, H, W]` of at most 4096 pixels; the training part alone, where models are
  ///   compared.
  /// - Throws: `InputError` for images that are too few, too large or not finite.
  public init(training: Tensor<Double>) throws {
    precondition(training.rank == 3, "expected training images [N, H, W], got shape \(training.shape)")
    (height, width) = (training.shape[1], training.shape[2])
    let components = try PrincipalComponents(training, for: "pca")
    variances = components.variances
    directions = components.directions
  }

  /// One band, `components`.
  public var bands: [AtomBand] { [AtomBand(name: "components", atoms: Array(0..<atomCount))] }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return (0..<count).map { "pca(\($0))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return directions[rows: 0..<count].reshaped([count, height, width])
  }
}
