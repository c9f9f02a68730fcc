internal import Tensors

extension ConvolutionMethod {
  /// The methods that compute, without ``automatic``.
  public static let computed = allCases.filter { $0 != .automatic }

  /// What this method does for some work.
  ///
  /// - Parameters:
  ///   - work: The work, with all its groups.
  ///   - threads: The threads that share it.
  ///   - precision: The precision.
  /// - Returns: The demand.
  /// - Throws: ``InputError`` that says why the method cannot serve.
  func demand<S: SpectralScalar>(
    _ work: ConvolutionWork, threads: Int, as precision: S.Type
  ) throws(InputError) -> MethodDemand {
    let groups = work.shape.groups
    guard groups > 1 else { return try demandOfGroup(work, threads: threads, as: precision) }
    let sharesGroups = groups >= threads
    let part = try demandOfGroup(work.ofGroup, threads: sharesGroups ? 1 : threads, as: precision)
    return part.repeated(groups: groups, threads: sharesGroups ? threads : 1)
  }

  private func demandOfGroup<S: SpectralScalar>(
    _ work: ConvolutionWork, threads: Int, as precision: S.Type
  ) throws(InputError) -> MethodDemand {
    switch self {
    case .direct: DirectConvolution<S>.demand(work, threads: threads)
    case .im2col: Im2colConvolution<S>.demand(work, threads: threads)
    case .fft:
      if let geometry = TileGeometry.whole(work.shape, work.boundary, as: S.self) {
        TiledConvolution<S>.demand(work, geometry, threads: threads)
      } else {
        FFTConvolution<S>.demand(work, threads: threads)
      }
    case .overlapSave:
      TiledConvolution<S>.demand(work, TileGeometry(work.shape, work.boundary, as: S.self), threads: threads)
    case .winograd: try WinogradConvolution<S>.demand(work, threads: threads)
    case .separable: SeparableConvolution<S>.demand(work, threads: threads)
    case .automatic:
      throw InputError("convolution", "the method '\(rawValue)' cannot serve \(work.shape)")
    }
  }

  /// The memory that this method takes for some work.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - threads: The threads that share it.
  ///   - precision: The precision.
  /// - Returns: The bytes.
  /// - Throws: ``InputError`` that says why the method cannot serve.
  func memory<S: SpectralScalar>(
    _ work: ConvolutionWork, threads: Int, as precision: S.Type
  ) throws(InputError) -> MethodMemory {
    MethodMemory(
      try ConvolutionPlan<S>.algorithm(self, work.shape, work.boundary), work, threads: threads)
  }
}
