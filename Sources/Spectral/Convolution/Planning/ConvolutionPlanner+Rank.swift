internal import Tensors

extension ConvolutionPlanner {
  /// Kernels of higher rank are never computed term by term.
  private static var largestUsefulRank: Int { 4 }

  /// The rank of a kernel, where it is so low that the method of least predicted time is ``ConvolutionMethod/separable``.
  ///
  /// What is expensive, the singular value decomposition, comes last: after a guess from a few rows and columns, and after
  /// the prediction for a kernel of that rank.
  func usefulRank<S: SpectralScalar>(
    of kernel: Tensor<S>, in work: ConvolutionWork, tolerance: Double?
  ) -> Int? {
    var work = work
    work.separableTolerance = tolerance
    work.kernelRank = 1
    guard chooses(.separable, for: work, as: S.self),
      let guess = KernelRank.guess(kernel, limit: Self.largestUsefulRank, tolerance: tolerance)
    else { return nil }
    work.kernelRank = max(1, guess)
    guard guess <= 1 || chooses(.separable, for: work, as: S.self) else { return nil }
    return KernelRank.numerical(kernel, tolerance: tolerance)
  }

  private func chooses<S: SpectralScalar>(
    _ method: ConvolutionMethod, for work: ConvolutionWork, as precision: S.Type
  ) -> Bool {
    (try? self.method(for: work, as: S.self)) == method
  }
}
