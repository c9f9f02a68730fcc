internal import CKernels
public import Spectral
public import Tensors

extension Double: NetworkScalar {
  /// The C loops of double precision.
  public static let layerFunctions = LayerFunctions<Double>(
    relu: { kernel_relu_d($0, $1) },
    reluGradient: { kernel_relu_gradient_d($0, $1, $2) },
    tanh: { kernel_tanh_d($0, $1) },
    tanhGradient: { kernel_tanh_gradient_d($0, $1, $2) },
    sigmoid: { kernel_sigmoid_d($0, $1) },
    sigmoidGradient: { kernel_sigmoid_gradient_d($0, $1, $2) },
    addBias: { kernel_add_bias_d($0, $1, $2, $3, $4) },
    biasGradient: { kernel_bias_gradient_d($0, $1, $2, $3, $4) },
    maxPool: { kernel_max_pool_d($0, $1, $2, $3) },
    maxPoolGradient: { kernel_max_pool_gradient_d($0, $1, $2, $3, $4) },
    averagePool: { kernel_average_pool_d($0, $1, $2, $3) },
    averagePoolGradient: { kernel_average_pool_gradient_d($0, $1, $2, $3) },
    crossEntropy: { kernel_cross_entropy_d($0, $1, $2, $3, $4, $5) },
    sgd: { kernel_sgd_d($0, $1, $2, $3, $4, $5, $6) },
    adam: { kernel_adam_d($0, $1, $2, $3, $4, $5) })
}
