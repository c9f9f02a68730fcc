internal import Tensors

extension ConvolutionPlanner {
  /// Kernels of higher rank are never computed term by term.
  private static var largestUsefulRank: Int { 4 }

  /// Whether ``ConvolutionMethod/separable`` would be chosen for some work with a kernel of rank 1.
  func dependsOnRank<S: SpectralScalar>(
    _ work: ConvolutionWork, tolerance: Double? = nil, as precision: S.Type
  ) -> Bool { takesSeparable(work, rank: 1, tolerance, as: S.self) }

  /// The rank of a kernel, where it is so low that the method of least predicted time is ``ConvolutionMethod/separable``.
  ///
  /// What is expensive, the singular value decomposition, comes last: after a guess from a few rows and columns, and the
  /// prediction for a kernel of that rank.
  func usefulRank<S: SpectralScalar>(
    of kernel: Tensor<S>, in work: ConvolutionWork, tolerance: Double?
  ) -> Int? {
    guard let guess = KernelRank.guess(kernel, limit: Self.largestUsefulRank, tolerance: tolerance),
      takesSeparable(work, rank: max(1, guess), tolerance, as: S.self)
    else { return nil }
    return KernelRank.numerical(kernel, tolerance: tolerance)
  }

  private func takesSeparable<S: SpectralScalar>(
    _ work: ConvolutionWork, rank: Int, _ tolerance: Double?, as precision: S.Type
  ) -> Bool {
    var work = work
    work.separableTolerance = tolerance
    work.kernelRank = rank
    return (try? method(for: work, as: S.self)) == .separable
  }
}
