public import Tensors

/// The standard basis: each atom is one pixel.
///
/// Order: row by row. Names: `pixel(row,column)`. Analysis copies pixels and takes no operations.
public struct PixelBasis: OrthonormalBasis {
  /// `pixels`.
  public let name = "pixels"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
  }

  /// One band, `pixels`.
  public var bands: [AtomBand] { [AtomBand(name: "pixels", atoms: Array(0..<atomCount))] }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return (0..<count).map { "pixel(\($0 / width),\($0 % width))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    var atoms = Tensor<Double>.zeros([count, height, width])
    for index in 0..<count { atoms[index, index / width, index % width] = 1 }
    return atoms
  }

  /// The first M pixels of images `[N, H, W]`, `[N, M]`.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    checkCount(count)
    checkImages(images)
    return Self.firstColumns(images.reshaped([images.shape[0], pixelCount]), count: count, of: count)
  }

  /// The images `[N, H, W]` whose first M pixels are the coefficients and whose others are 0.
  public func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    checkCoefficients(coefficients)
    return Self.firstColumns(coefficients, count: coefficients.shape[1], of: pixelCount)
      .reshaped([coefficients.shape[0], height, width])
  }

  /// 0: nothing is multiplied.
  public func analysisOperations(count: Int) -> Double { 0 }

  /// The first `count` columns of a matrix, followed by zeros up to `width` columns.
  private static func firstColumns<S: Scalar>(_ matrix: Tensor<S>, count: Int, of width: Int) -> Tensor<S> {
    let stride = matrix.shape[1]
    return Tensor(shape: [matrix.shape[0], width]) { target in
      target.update(repeating: 0)
      matrix.withUnsafeBufferPointer { source in
        for row in 0..<matrix.shape[0] {
          for column in 0..<count { target[row * width + column] = source[row * stride + column] }
        }
      }
    }
  }
}
