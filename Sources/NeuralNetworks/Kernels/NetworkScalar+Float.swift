internal import CKernels
public import Spectral
public import Tensors

extension Float: NetworkScalar {
  /// The C loops of single precision.
  public static let layerFunctions = LayerFunctions<Float>(
    activations: ActivationLoops(
      relu: { kernel_relu_f($0, $1) },
      reluGradient: { kernel_relu_gradient_f($0, $1, $2) },
      tanh: { kernel_tanh_f($0, $1) },
      tanhGradient: { kernel_tanh_gradient_f($0, $1, $2) },
      sigmoid: { kernel_sigmoid_f($0, $1) },
      sigmoidGradient: { kernel_sigmoid_gradient_f($0, $1, $2) },
      leakyReLU: { kernel_leaky_relu_f($0, $1, $2) },
      leakyReLUGradient: { kernel_leaky_relu_gradient_f($0, $1, $2, $3) },
      gelu: { kernel_gelu_f($0, $1, $2, $3) },
      geluGradient: { kernel_gelu_gradient_f($0, $1, $2, $3, $4) },
      softmax: { kernel_softmax_f($0, $1, $2, $3) },
      softmaxGradient: { kernel_softmax_gradient_f($0, $1, $2, $3, $4) },
      dropout: { kernel_dropout_f($0, $1, $2, $3) }),
    channels: ChannelLoops(
      addBias: { kernel_add_bias_f($0, $1, $2, $3, $4) },
      biasGradient: { kernel_bias_gradient_f($0, $1, $2, $3, $4) },
      scale: { kernel_scale_planes_f($0, $1, $2, $3, $4) },
      products: { kernel_plane_products_f($0, $1, $2, $3, $4) }),
    pooling: PoolingLoops(
      maximum: { kernel_max_pool_f($0, $1, $2, $3) },
      maximumGradient: { kernel_max_pool_gradient_f($0, $1, $2, $3, $4) },
      average: { kernel_average_pool_f($0, $1, $2, $3) },
      averageGradient: { kernel_average_pool_gradient_f($0, $1, $2, $3) }),
    local: LocalLoops(
      forward: { kernel_local_f($0, $1, $2, $3, $4, $5, $6) },
      inputGradient: { kernel_local_input_gradient_f($0, $1, $2, $3, $4, $5, $6) },
      weightGradient: { kernel_local_weight_gradient_f($0, $1, $2, $3, $4, $5, $6) }),
    normalization: NormalizationLoops(
      moments: { kernel_channel_moments_f($0, $1, $2, $3) },
      apply: { kernel_normalize_f($0, $1, $2, $3, $4, $5) },
      sums: { kernel_normalize_sums_f($0, $1, $2, $3, $4, $5) },
      gradient: { kernel_normalize_gradient_f($0, $1, $2, $3, $4, $5, $6, $7) },
      parameterGradient: { kernel_normalize_parameter_gradient_f($0, $1, $2, $3, $4, $5) },
      follow: { kernel_follow_f($0, $1, $2, $3, $4) },
      rows: { kernel_layer_norm_f($0, $1, $2, $3, $4, $5, $6) },
      rowsGradient: { kernel_layer_norm_gradient_f($0, $1, $2, $3, $4, $5, $6) },
      rowsParameterGradient: { kernel_layer_norm_parameter_gradient_f($0, $1, $2, $3, $4, $5, $6) }),
    losses: LossLoops(
      crossEntropy: { kernel_cross_entropy_f($0, $1, $2, $3, $4, $5, $6, $7) },
      sum: { kernel_sum_loss_f($0, $1, $2, $3, $4, $5, $6) },
      dice: { kernel_dice_loss_f($0, $1, $2, $3, $4, $5, $6) }),
    optimizers: OptimizerLoops(
      sgd: { kernel_sgd_f($0, $1, $2, $3, $4) },
      adam: { kernel_adam_f($0, $1, $2, $3, $4, $5) },
      rmsProp: { kernel_rmsprop_f($0, $1, $2, $3, $4, $5) }))
}
