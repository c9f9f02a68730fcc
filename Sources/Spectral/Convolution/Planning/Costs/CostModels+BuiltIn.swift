extension CostModels {
  /// The costs of one thread of a server processor of 2025 with AVX-512, rounded: where nothing was measured, and for
  /// plans that must not depend on the machine.
  public static let builtIn = CostModels(
    float: CostModel(seconds: [
      .direct: [20e-12, 12e-12, 8e-12, 6.5e-12, 6e-12, 5.5e-12, 5.2e-12, 5e-12, 5e-12],
      .directBank: [20e-12, 8e-12, 7e-12, 6e-12],
      .directStrided: [250e-12],
      .directGradient: [40e-12, 15e-12, 10e-12, 10e-12],
      .matrixProduct: [60e-12, 20e-12, 9e-12, 8e-12],
      .gather: [400e-12],
      .planeTransform: [3e-9, 1e-9, 0.9e-9, 0.9e-9, 1.1e-9, 1.3e-9, 1.5e-9, 2e-9, 2.4e-9, 3e-9, 4e-9],
      .tileTransform: [2e-9, 1.4e-9, 1.5e-9, 2e-9],
      .tileProduct: [0.3e-9, 0.1e-9, 0.3e-9, 0.5e-9],
      .pairTransform: [0.4e-9, 0.35e-9, 0.35e-9, 0.4e-9, 0.6e-9],
      .spectralProduct: [0.8e-9, 0.2e-9, 0.06e-9],
      .byte: [20e-12, 30e-12, 60e-12, 90e-12],
      .loop: [5e-6],
    ]),
    double: CostModel(seconds: [
      .direct: [40e-12, 24e-12, 16e-12, 13e-12, 12e-12, 11e-12, 10.4e-12, 10e-12, 10e-12],
      .directBank: [40e-12, 16e-12, 14e-12, 12e-12],
      .directStrided: [250e-12],
      .directGradient: [80e-12, 30e-12, 20e-12, 20e-12],
      .matrixProduct: [120e-12, 40e-12, 30e-12, 25e-12],
      .gather: [500e-12],
      .planeTransform: [3e-9, 2e-9, 1.8e-9, 1.8e-9, 2.2e-9, 2.6e-9, 3e-9, 4e-9, 4.8e-9, 6e-9, 8e-9],
      .tileTransform: [2e-9, 1.4e-9, 1.5e-9, 2e-9],
      .tileProduct: [0.6e-9, 0.25e-9, 0.6e-9, 1e-9],
      .pairTransform: [0.8e-9, 0.7e-9, 0.7e-9, 0.8e-9, 1.2e-9],
      .spectralProduct: [1.6e-9, 0.4e-9, 0.12e-9],
      .byte: [20e-12, 30e-12, 60e-12, 90e-12],
      .loop: [5e-6],
    ]))
}
