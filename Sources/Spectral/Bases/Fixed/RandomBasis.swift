public import Tensors

/// Random orthonormal atoms, uniformly distributed over all rotations: the control that knows nothing about images.
///
/// Atom j comes from the j-th child of the stream, made orthogonal to the atoms before it (QR with a positive diagonal;
/// F. Mezzadri, *How to generate random matrices from the classical compact groups*, Notices of the AMS 54, 2007). So
/// the first atoms are the same, to rounding, however many are made. Every size is accepted. Names: `random(j)`.
public struct RandomBasis: OrthonormalBasis {
  /// `random`.
  public let name = "random"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  private let random: RandomStream

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  ///   - random: What decides the atoms.
  public init(height: Int, width: Int, random: RandomStream) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    self.random = random
  }

  /// One band, `random`.
  public var bands: [AtomBand] { [AtomBand(name: "random", atoms: Array(0..<atomCount))] }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return (0..<count).map { "random(\($0))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    guard count > 0 else { return .zeros([0, height, width]) }
    let directions = Tensor<Double>(shape: [count, pixelCount]) { target in
      for atom in 0..<count {
        var stream = random.split(atom)
        for pixel in 0..<pixelCount { target[atom * pixelCount + pixel] = stream.normal() }
      }
    }
    return QRFactorization(directions.transposed).q.transposed.reshaped([count, height, width])
  }
}
