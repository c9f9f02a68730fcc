import Spectral
import Tensors

/// How well each image of a batch is approximated by the M atoms that it needs most.
///
/// For each image x the M coefficients of the largest contribution |cⱼ|·‖φⱼ‖ are kept, ties by order, and the others set to 0;
/// the error is ‖x − x_M‖₂/‖x‖₂. With a complete orthonormal basis no other M atoms do better. With a basis that is not
/// orthonormal, and with a frame, the coefficients are those of all atoms, so that other atoms or other
/// coefficients may do better: the error is an upper bound of the best.
///
/// Source: S. Mallat, *A Wavelet Tour of Signal Processing* (2009), chapter 9.
public struct ApproximationCurve: Codable, Sendable, Equatable {
  /// The name of the basis.
  public let basis: String
  /// What its atoms are: `orthonormal`, `basis` or `frame`.
  public let kind: String
  /// The numbers of atoms M, ascending: all for a complete orthonormal basis, else some of each octave; the last is all.
  public let counts: [Int]
  /// The mean of the images' relative errors for each of ``counts``.
  public let errors: [Double]

  /// Measures a basis on images.
  ///
  /// - Parameters:
  ///   - basis: The basis.
  ///   - images: `[N, H, W]`, at least one image and none of them zero everywhere.
  public init(_ basis: some Basis, images: Tensor<Double>) {
    let measure = ApproximationMeasure(basis)
    self.basis = basis.name
    kind = basis.kind.rawValue
    counts = measure.counts
    errors = measure.meanErrors(images)
  }

  /// The smallest number of atoms with which the mean error is at most so large, among ``counts``.
  ///
  /// - Parameter error: The mean relative error.
  /// - Returns: The number; `nil` where all atoms do not reach it.
  public func atoms(forError error: Double) -> Int? {
    zip(counts, errors).first { $0.1 <= error }?.0
  }

  /// The error with M atoms, for one of ``counts``.
  ///
  /// - Parameter count: M.
  /// - Returns: The mean relative error; `nil` where M is not among the numbers.
  public func error(atoms count: Int) -> Double? { counts.firstIndex(of: count).map { errors[$0] } }
}
