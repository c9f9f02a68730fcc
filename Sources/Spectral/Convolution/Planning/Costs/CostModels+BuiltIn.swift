extension CostModels {
  /// The costs of one thread of a server processor of 2025 with AVX-512, rounded: where nothing was measured, and for
  /// plans that must not depend on the machine.
  public static let builtIn = CostModels(float: float, double: float.doubling(perNumber))

  private static let float = CostModel(seconds: [
    .direct: [250e-12, 85e-12, 40e-12, 26e-12, 19.5e-12, 14.5e-12, 13e-12, 10.5e-12, 8.5e-12],
    .directBank: [70e-12, 14.5e-12, 12e-12, 10e-12],
    .directStrided: [300e-12],
    .directGradient: [240e-12, 70e-12, 20e-12, 25e-12],
    .matrixProduct: [60e-12, 25e-12, 19e-12, 11.5e-12],
    .product: [115e-9],
    .extension: [155e-9],
    .gather: [95e-12, 66e-12, 83e-12],
    .winogradTransform: [235e-12],
    .planeTransform: [7.3e-9, 3.7e-9, 3.3e-9, 3.2e-9, 3.1e-9, 1.3e-9, 3e-9, 3.7e-9, 4.3e-9, 4.7e-9, 5.5e-9],
    .tileTransform: [2.4e-9, 1.7e-9, 1.3e-9, 1.65e-9],
    .tileProduct: [500e-12, 30e-12, 120e-12, 670e-12],
    .pairTransform: [1.2e-9, 830e-12, 660e-12, 960e-12, 1.15e-9],
    .spectralProduct: [740e-12, 210e-12, 130e-12],
    .bankBlock: [3e-9, 8.5e-9, 16e-9],
    .decomposition: [9.8e-9],
    .byte: [5e-12, 5e-12, 14e-12, 110e-12],
    .exchange: [19e-12],
    .loop: [930e-9],
    .pass: [490e-9],
  ])

  /// What takes a vector twice as long in double precision, where it holds half as many numbers; transforms of tiles and
  /// pairs are told their precision by those who ask, and other quantities are bytes or calls.
  private static let perNumber: Set<CostQuantity> = [
    .direct, .directBank, .directGradient, .matrixProduct, .gather, .planeTransform, .tileProduct, .spectralProduct,
  ]
}

extension CostModel {
  /// The same with some quantities twice as dear.
  fileprivate func doubling(_ quantities: Set<CostQuantity>) -> CostModel {
    CostModel(
      seconds: Dictionary(
        uniqueKeysWithValues: seconds.map { ($0, quantities.contains($0) ? $1.map { 2 * $0 } : $1) }))
  }
}
