public import Tensors

/// What a list of atoms is, mathematically.
public enum BasisKind: String, Sendable {
  /// The atoms are orthonormal: the coefficients are inner products, and synthesis is analysis transposed.
  case orthonormal
  /// The atoms are linearly independent: the coefficients are those of the least-squares approximation.
  case basis
  /// The atoms are more than they need be to span the images: the coefficients are inner products with the dual frame,
  /// which are the smallest that synthesize the image.
  case frame
}

/// An ordered list of basis images φⱼ, the atoms, of one size.
///
/// The order is part of a basis' definition: models use the first M atoms. See <doc:Bases> for the order of each.
public protocol Basis: Sendable {
  /// The name that the command and the reports use, such as `fourier`.
  var name: String { get }

  /// What the atoms are.
  var kind: BasisKind { get }

  /// H, the number of rows of an atom.
  var height: Int { get }

  /// W, the number of columns of an atom.
  var width: Int { get }

  /// The number of atoms of the whole basis.
  var atomCount: Int { get }

  /// The atoms in named groups that belong together, such as one scale and one orientation.
  ///
  /// A partition of all atoms: each lies in one band, in ascending order, and bands are ordered by their first atoms.
  var bands: [AtomBand] { get }

  /// σ₁/σ_M, the ratio of the largest and the smallest singular value of the first atoms: how much an error of an image
  /// may grow, relatively, in its coefficients.
  ///
  /// 1 for orthonormal atoms; infinite where the atoms depend on each other to working precision. Of a frame that spans
  /// all images it is √(B/A), with its bounds A‖x‖² ≤ Σⱼ⟨φⱼ, x⟩² ≤ B‖x‖².
  ///
  /// - Parameter count: M, at most ``atomCount``.
  /// - Returns: The condition number.
  func conditionNumber(count: Int) -> Double

  /// The names of the first atoms, such as `cos(1,2)`.
  ///
  /// - Parameter count: M, at most ``atomCount``.
  /// - Returns: M names in the order of the atoms.
  func atomNames(count: Int) -> [String]

  /// The first atoms.
  ///
  /// - Parameter count: M, at most ``atomCount``.
  /// - Returns: `[M, H, W]`.
  func atoms(count: Int) -> Tensor<Double>

  /// The coefficients of images on the first atoms.
  ///
  /// Inner products with orthonormal atoms; else the coefficients of the least-squares approximation by those M atoms
  /// alone, the smallest ones where several give it. See ``BasisKind``.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - count: M, at most ``atomCount``.
  /// - Returns: `[N, M]`.
  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S>

  /// The images Σⱼ cⱼ·φⱼ of coefficients on the first atoms.
  ///
  /// - Parameter coefficients: `[N, M]`, M at most ``atomCount``.
  /// - Returns: `[N, H, W]`.
  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S>

  /// The real multiply-adds that ``analyze(_:count:)`` takes for one image.
  ///
  /// - Parameter count: M, at most ``atomCount``.
  /// - Returns: The number.
  func analysisOperations(count: Int) -> Double
}

extension Basis {
  /// H·W, the number of pixels of an atom.
  public var pixelCount: Int { height * width }

  /// The condition number of all atoms.
  public var conditionNumber: Double { conditionNumber(count: atomCount) }

  /// The coefficients of images `[N, H, W]` on all atoms, `[N, M]`.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>) -> Tensor<S> { analyze(images, count: atomCount) }

  /// The orthogonal projection of images on the first atoms.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - count: M, at most ``atomCount``.
  /// - Returns: `[N, H, W]`.
  public func approximate<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    synthesize(analyze(images, count: count))
  }

  /// Checks a number of atoms that a user asked for.
  ///
  /// - Parameter count: M.
  /// - Throws: `InputError` unless 1 ≤ M ≤ ``atomCount``.
  public func validate(count: Int) throws {
    guard count >= 1 && count <= atomCount else {
      throw InputError(
        name, "\(count) atoms asked for, but the basis of \(height)×\(width) images has \(atomCount)",
        remedy: "Ask for 1 to \(atomCount).")
    }
  }

  /// Checks the shape of images that are analysed.
  func checkImages<S: Scalar>(_ images: Tensor<S>) {
    precondition(
      images.rank == 3 && images.shape[1] == height && images.shape[2] == width,
      "expected images [N, \(height), \(width)], got shape \(images.shape)")
  }

  /// Checks the shape of coefficients that are synthesized.
  func checkCoefficients<S: Scalar>(_ coefficients: Tensor<S>) {
    precondition(coefficients.rank == 2, "expected coefficients [N, M], got shape \(coefficients.shape)")
    checkCount(coefficients.shape[1])
  }

  func checkCount(_ count: Int) {
    precondition(count >= 0 && count <= atomCount, "expected at most \(atomCount) atoms of \(name), got \(count)")
  }
}
