import Spectral
import Tensors

/// An orthonormal basis for filters of one size.
///
/// Wavelets and Walsh functions do not exist at every size: filters are then extended by zeros, below and to the right, to
/// the next powers of two, which changes neither their energy nor their inner products.
struct FilterBasis: Sendable {
  let basis: any Basis

  private let height: Int
  private let width: Int

  /// Finds a basis by name.
  ///
  /// - Parameters:
  ///   - name: A name of the ``BasisCatalog``.
  ///   - size: The rows and columns of the filters.
  ///   - stream: What decides the atoms of `random`.
  /// - Throws: `InputError` for a basis that is unknown, not orthonormal, or needs images to be fitted to.
  init(named name: String, size: (height: Int, width: Int), from stream: RandomStream = RandomStream(seed: 0)) throws {
    (height, width) = size
    basis = try Self.checked(name, size) { height, width in
      try BasisCatalog.basis(named: name, height: height, width: width, random: stream)
    }
  }

  /// What is said of filters that are extended; `nil` where they are not.
  var remark: String? {
    (basis.height, basis.width) == (height, width)
      ? nil : "filters of \(height)×\(width) extended by zeros to \(basis.height)×\(basis.width)"
  }

  /// The energy of kernels `[N, kh, kw]` in each band, `[N, B]`.
  func bandEnergies(_ kernels: Tensor<Double>) -> Tensor<Double> { basis.bandEnergies(extended(kernels)) }

  /// The best approximations of kernels `[N, kh, kw]` by M atoms each.
  func bestApproximation(_ kernels: Tensor<Double>, count: Int) -> Tensor<Double> {
    basis.bestApproximation(kernels, count: count)
  }

  private func extended(_ kernels: Tensor<Double>) -> Tensor<Double> {
    guard remark != nil else { return kernels }
    var result = Tensor<Double>.zeros([kernels.shape[0], basis.height, basis.width])
    for kernel in 0..<kernels.shape[0] {
      for row in 0..<height {
        for column in 0..<width { result[kernel, row, column] = kernels[kernel, row, column] }
      }
    }
    return result
  }

  private static func checked(
    _ name: String, _ size: (height: Int, width: Int), _ make: (Int, Int) throws -> any Basis
  ) throws -> any Basis {
    guard BasisCatalog.names.contains(name) else {
      throw Suggestion.unknown(name, kind: "basis", accepted: BasisCatalog.names)
    }
    if BasisCatalog.needsTraining(name) {
      throw InputError(name, "is fitted to images, so it is no basis that was there before the filters")
    }
    let basis = try (try? make(size.height, size.width)) ?? make(power(size.height), power(size.width))
    guard basis.kind == .orthonormal else {
      throw InputError(
        name, "is a \(basis.kind.rawValue), whose coefficients do not divide the energy of a filter",
        remedy: "Take an orthonormal basis, such as fourier, haar or polynomial.")
    }
    return basis
  }

  /// The smallest power of two that is at least n.
  private static func power(_ n: Int) -> Int { sequence(first: 1) { 2 * $0 }.first { $0 >= n }! }
}
