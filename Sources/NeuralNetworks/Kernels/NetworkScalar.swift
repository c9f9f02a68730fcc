public import Spectral
public import Tensors

/// A precision that networks compute in: `Float` to train, `Double` to check.
public protocol NetworkScalar: SpectralScalar {
  /// The C loops of this precision.
  static var layerFunctions: LayerFunctions<Self> { get }
}

/// The loops of layers, losses and optimizers in one precision; opaque outside this module.
public final class LayerFunctions<S: Scalar>: Sendable {
  let activations: ActivationLoops<S>
  let channels: ChannelLoops<S>
  let pooling: PoolingLoops<S>
  let local: LocalLoops<S>
  let normalization: NormalizationLoops<S>
  let losses: LossLoops<S>
  let optimizers: OptimizerLoops<S>

  init(
    activations: ActivationLoops<S>, channels: ChannelLoops<S>, pooling: PoolingLoops<S>,
    local: LocalLoops<S>, normalization: NormalizationLoops<S>, losses: LossLoops<S>,
    optimizers: OptimizerLoops<S>
  ) {
    self.activations = activations
    self.channels = channels
    self.pooling = pooling
    self.local = local
    self.normalization = normalization
    self.losses = losses
    self.optimizers = optimizers
  }
}
