internal import CKernels
public import Spectral
public import Tensors

extension Float: NetworkScalar {
  /// The C loops of single precision.
  public static let layerFunctions = LayerFunctions<Float>(
    relu: { kernel_relu_f($0, $1) },
    reluGradient: { kernel_relu_gradient_f($0, $1, $2) },
    tanh: { kernel_tanh_f($0, $1) },
    tanhGradient: { kernel_tanh_gradient_f($0, $1, $2) },
    sigmoid: { kernel_sigmoid_f($0, $1) },
    sigmoidGradient: { kernel_sigmoid_gradient_f($0, $1, $2) },
    addBias: { kernel_add_bias_f($0, $1, $2, $3, $4) },
    biasGradient: { kernel_bias_gradient_f($0, $1, $2, $3, $4) },
    maxPool: { kernel_max_pool_f($0, $1, $2, $3) },
    maxPoolGradient: { kernel_max_pool_gradient_f($0, $1, $2, $3, $4) },
    averagePool: { kernel_average_pool_f($0, $1, $2, $3) },
    averagePoolGradient: { kernel_average_pool_gradient_f($0, $1, $2, $3) },
    crossEntropy: { kernel_cross_entropy_f($0, $1, $2, $3, $4, $5) },
    sgd: { kernel_sgd_f($0, $1, $2, $3, $4, $5, $6) },
    adam: { kernel_adam_f($0, $1, $2, $3, $4, $5) })
}
