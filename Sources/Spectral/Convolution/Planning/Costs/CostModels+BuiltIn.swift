extension CostModels {
  /// The costs of one thread of a server processor of 2025 with AVX-512, rounded: where nothing was measured, and for
  /// plans that must not depend on the machine.
  public static let builtIn = CostModels(
    float: CostModel(seconds: [
      .direct: [60e-12, 30e-12, 18e-12, 13e-12, 11.5e-12, 10e-12, 9.5e-12, 8.8e-12, 7.6e-12],
      .directBank: [60e-12, 15e-12, 12e-12, 8.5e-12],
      .directStrided: [250e-12],
      .directGradient: [150e-12, 60e-12, 30e-12, 30e-12],
      .matrixProduct: [30e-12, 20e-12, 16e-12, 15e-12],
      .gather: [90e-12],
      .planeTransform: [6e-9, 3e-9, 2.7e-9, 2.6e-9, 2.5e-9, 3.9e-9, 2.7e-9, 3e-9, 3.5e-9, 3.8e-9, 4.5e-9],
      .tileTransform: [1.8e-9, 1.35e-9, 1.15e-9, 1.1e-9],
      .tileProduct: [300e-12, 150e-12, 250e-12, 500e-12],
      .pairTransform: [740e-12, 400e-12, 250e-12, 300e-12, 600e-12],
      .spectralProduct: [720e-12, 300e-12, 130e-12],
      .decomposition: [3e-9],
      .byte: [20e-12, 30e-12, 60e-12, 90e-12],
      .loop: [1.5e-6],
      .pass: [3e-6],
    ]),
    double: CostModel(seconds: [
      .direct: [120e-12, 60e-12, 36e-12, 26e-12, 23e-12, 20e-12, 19e-12, 17.6e-12, 15.2e-12],
      .directBank: [120e-12, 30e-12, 24e-12, 17e-12],
      .directStrided: [250e-12],
      .directGradient: [300e-12, 120e-12, 60e-12, 60e-12],
      .matrixProduct: [60e-12, 40e-12, 32e-12, 30e-12],
      .gather: [180e-12],
      .planeTransform: [12e-9, 6e-9, 5.4e-9, 5.2e-9, 5e-9, 7.8e-9, 5.4e-9, 6e-9, 7e-9, 7.6e-9, 9e-9],
      .tileTransform: [1.8e-9, 1.35e-9, 1.15e-9, 1.1e-9],
      .tileProduct: [600e-12, 300e-12, 500e-12, 1e-9],
      .pairTransform: [1.48e-9, 800e-12, 500e-12, 600e-12, 1.2e-9],
      .spectralProduct: [1.44e-9, 600e-12, 260e-12],
      .decomposition: [3e-9],
      .byte: [20e-12, 30e-12, 60e-12, 90e-12],
      .loop: [1.5e-6],
      .pass: [3e-6],
    ]))
}
