public import Tensors

/// What a list of atoms is, mathematically.
public enum BasisKind: String, Sendable {
  /// The atoms are orthonormal: the coefficients are inner products, and synthesis is analysis transposed.
  case orthonormal
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
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - count: M, at most ``atomCount``.
  /// - Returns: `[N, M]`.
  func analyze<S: Scalar>(_ images: Tensor<S>, count: Int) -> Tensor<S>

  /// The images Σⱼ cⱼ·φⱼ of coefficients on the first atoms.
  ///
  /// - Parameter coefficients: `[N, M]`, M at most ``atomCount``.
  /// - Returns: `[N, H, W]`.
  func synthesize<S: Scalar>(_ coefficients: Tensor<S>) -> Tensor<S>

  /// The real multiply-adds that ``analyze(_:count:)`` takes for one image.
  ///
  /// - Parameter count: M, at most ``atomCount``.
  /// - Returns: The number.
  func analysisOperations(count: Int) -> Double
}

extension Basis {
  /// H·W, the number of pixels of an atom.
  public var pixelCount: Int { height * width }

  /// The coefficients of images `[N, H, W]` on all atoms, `[N, M]`.
  public func analyze<S: Scalar>(_ images: Tensor<S>) -> Tensor<S> { analyze(images, count: atomCount) }

  /// The orthogonal projection of images on the first atoms.
  ///
  /// - Parameters:
  ///   - images: `[N, H, W]`.
  ///   - count: M, at most ``atomCount``.
  /// - Returns: `[N, H, W]`.
  public func approximate<S: Scalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
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

  func checkCount(_ count: Int) {
    precondition(count >= 0 && count <= atomCount, "expected at most \(atomCount) atoms of \(name), got \(count)")
  }
}
