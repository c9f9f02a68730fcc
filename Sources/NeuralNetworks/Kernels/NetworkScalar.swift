internal import CKernels
public import Spectral
public import Tensors

/// A precision that networks compute in: `Float` to train, `Double` to check.
public protocol NetworkScalar: SpectralScalar {
  /// The C loops of this precision.
  static var layerFunctions: LayerFunctions<Self> { get }
}

/// The loops of layers, losses and optimizers in one precision; opaque outside this module.
public final class LayerFunctions<S: Scalar>: Sendable {
  typealias InPlace = @Sendable (_ count: Int, UnsafeMutablePointer<S>) -> Void
  typealias InPlaceGradient = @Sendable (_ count: Int, _ outputs: UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void
  typealias Bias =
    @Sendable (
      _ count: Int, _ channels: Int, _ size: Int, UnsafePointer<S>, UnsafeMutablePointer<S>
    ) -> Void
  typealias Windows = @Sendable (_ planes: Int, kernel_windows, UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void
  typealias WindowsGradient =
    @Sendable (
      _ planes: Int, kernel_windows, _ input: UnsafePointer<S>, _ outputGradient: UnsafePointer<S>,
      UnsafeMutablePointer<S>
    ) -> Void
  typealias CrossEntropy =
    @Sendable (
      _ rows: Int, _ classes: Int, _ logits: UnsafePointer<S>, _ labels: UnsafePointer<Int32>, _ scale: S,
      UnsafeMutablePointer<S>
    ) -> Double
  typealias SGDStep =
    @Sendable (
      _ count: Int, _ rate: S, _ momentum: S, _ decay: S, _ gradient: UnsafePointer<S>,
      _ velocity: UnsafeMutablePointer<S>, _ parameters: UnsafeMutablePointer<S>
    ) -> Void
  typealias AdamStep =
    @Sendable (
      _ count: Int, kernel_adam_step, _ gradient: UnsafePointer<S>, _ first: UnsafeMutablePointer<S>,
      _ second: UnsafeMutablePointer<S>, _ parameters: UnsafeMutablePointer<S>
    ) -> Void

  let relu: InPlace
  let reluGradient: InPlaceGradient
  let tanh: InPlace
  let tanhGradient: InPlaceGradient
  let sigmoid: InPlace
  let sigmoidGradient: InPlaceGradient
  let addBias: Bias
  let biasGradient: Bias
  let maxPool: Windows
  let maxPoolGradient: WindowsGradient
  let averagePool: Windows
  let averagePoolGradient: Windows
  let crossEntropy: CrossEntropy
  let sgd: SGDStep
  let adam: AdamStep

  init(
    relu: @escaping InPlace,
    reluGradient: @escaping InPlaceGradient,
    tanh: @escaping InPlace,
    tanhGradient: @escaping InPlaceGradient,
    sigmoid: @escaping InPlace,
    sigmoidGradient: @escaping InPlaceGradient,
    addBias: @escaping Bias,
    biasGradient: @escaping Bias,
    maxPool: @escaping Windows,
    maxPoolGradient: @escaping WindowsGradient,
    averagePool: @escaping Windows,
    averagePoolGradient: @escaping Windows,
    crossEntropy: @escaping CrossEntropy,
    sgd: @escaping SGDStep,
    adam: @escaping AdamStep
  ) {
    self.relu = relu
    self.reluGradient = reluGradient
    self.tanh = tanh
    self.tanhGradient = tanhGradient
    self.sigmoid = sigmoid
    self.sigmoidGradient = sigmoidGradient
    self.addBias = addBias
    self.biasGradient = biasGradient
    self.maxPool = maxPool
    self.maxPoolGradient = maxPoolGradient
    self.averagePool = averagePool
    self.averagePoolGradient = averagePoolGradient
    self.crossEntropy = crossEntropy
    self.sgd = sgd
    self.adam = adam
  }
}
