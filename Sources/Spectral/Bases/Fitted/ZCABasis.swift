public import Tensors

/// Zero-phase whitening: the basis whose coefficients on the training images have the identity as their covariance
/// matrix and are as close to the pixels as such coefficients can be.
///
/// With the covariance matrix C = V·diag(λ)·Vᵀ of the training images, λ' = λ + ε·mean(λ) and C' = V·diag(λ')·Vᵀ, the
/// atoms are the columns of √C'. They are independent, not orthogonal, and not of norm 1: the coefficients of all of
/// them, which least squares solve for, are the whitened pixels c = C'^(−½)·x (the mean is not subtracted; an intercept
/// takes it up). ε = 10⁻⁴ keeps directions without variance finite. Source: A. J. Bell, T. J. Sejnowski, *The
/// "independent components" of natural scenes are edge filters*, Vision Research 37 (1997).
///
/// Order: by pixel, row by row; each atom is a pixel with what goes along with it. Names: `zca(y,x)`.
public struct ZCABasis: LeastSquaresBasis {
  /// `zca`.
  public let name = "zca"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  private let roots: Tensor<Double>

  /// Fits the basis.
  ///
  /// - Parameters:
  ///   - training: At least two images `[N, H, W]` of at most 4096 pixels; the training part alone, where models are compared.
  ///   - regularization: ε > 0, what is added to every variance, in units of their mean.
  /// - Throws: `InputError` for images that are too few, too large, not finite, or all the same.
  public init(training: Tensor<Double>, regularization: Double = 1e-4) throws {
    precondition(training.rank == 3, "expected training images [N, H, W], got shape \(training.shape)")
    precondition(regularization > 0, "expected a regularization above 0, got \(regularization)")
    (height, width) = (training.shape[1], training.shape[2])
    let components = try PrincipalComponents(training, for: "zca")
    let mean = components.variances.reduce(0, +) / Double(components.variances.count)
    guard mean > 0 else { throw InputError("zca", "the training images are all the same: nothing to whiten") }
    let deviations = components.variances.map { ($0 + regularization * mean).squareRoot() }
    var scaled = components.directions
    let pixels = deviations.count
    scaled.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] *= deviations[index / pixels] }
    }
    roots = components.directions.matrixProduct(scaled, transposingSelf: true)
  }

  /// H·W.
  public var atomCount: Int { pixelCount }

  /// One band, `pixels`.
  public var bands: [AtomBand] { [AtomBand(name: "pixels", atoms: Array(0..<atomCount))] }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return (0..<count).map { "zca(\($0 / width),\($0 % width))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return roots[rows: 0..<count].reshaped([count, height, width])
  }
}
