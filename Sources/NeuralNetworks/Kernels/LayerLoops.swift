internal import CKernels
import Tensors

/// The loops of activation functions and dropout.
struct ActivationLoops<S: Scalar>: Sendable {
  typealias Values = UnsafeMutablePointer<S>
  typealias Inputs = UnsafePointer<S>
  typealias InPlace = @Sendable (_ count: Int, Values) -> Void
  typealias InPlaceGradient = @Sendable (_ count: Int, _ outputs: Inputs, Values) -> Void

  let relu: InPlace
  let reluGradient: InPlaceGradient
  let tanh: InPlace
  let tanhGradient: InPlaceGradient
  let sigmoid: InPlace
  let sigmoidGradient: InPlaceGradient
  let leakyReLU: @Sendable (Int, S, Values) -> Void
  let leakyReLUGradient: @Sendable (Int, S, Inputs, Values) -> Void
  let gelu: @Sendable (Int, Int32, Inputs, Values) -> Void
  let geluGradient: @Sendable (Int, Int32, Inputs, Inputs, Values) -> Void
  let softmax: @Sendable (_ count: Int, _ channels: Int, _ size: Int, Values) -> Void
  let softmaxGradient: @Sendable (_ count: Int, _ channels: Int, _ size: Int, Inputs, Values) -> Void
  let dropout: @Sendable (Int, kernel_dropout_place, _ scale: S, Values) -> Void
}

/// The loops over the channels of items.
struct ChannelLoops<S: Scalar>: Sendable {
  typealias Bias =
    @Sendable (_ count: Int, _ channels: Int, _ size: Int, UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void
  typealias Planes =
    @Sendable (_ planes: Int, _ size: Int, UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void

  let addBias: Bias
  let biasGradient: Bias
  let scale: Planes
  let products: Planes
}

/// The loops of pooling.
struct PoolingLoops<S: Scalar>: Sendable {
  typealias Windows = @Sendable (_ planes: Int, kernel_windows, UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void

  let maximum: Windows
  let maximumGradient:
    @Sendable (_ planes: Int, kernel_windows, UnsafePointer<S>, UnsafePointer<S>, UnsafeMutablePointer<S>) -> Void
  let average: Windows
  let averageGradient: Windows
}

/// The loops of units with weights of their own.
struct LocalLoops<S: Scalar>: Sendable {
  typealias Pass =
    @Sendable (
      _ count: Int, _ channels: Int, _ filters: Int, kernel_windows, UnsafePointer<S>, UnsafePointer<S>,
      UnsafeMutablePointer<S>
    ) -> Void

  let forward: Pass
  let inputGradient: Pass
  let weightGradient: Pass
}

/// The loops of normalization.
struct NormalizationLoops<S: Scalar>: Sendable {
  typealias Inputs = UnsafePointer<S>
  typealias Values = UnsafeMutablePointer<S>
  typealias Sums = UnsafeMutablePointer<Double>

  let moments: @Sendable (kernel_channels, Inputs, Sums, Sums) -> Void
  let apply: @Sendable (kernel_channels, kernel_statistics, Inputs, Inputs, Inputs, Values) -> Void
  let sums: @Sendable (kernel_channels, kernel_statistics, Inputs, Inputs, Sums, Sums) -> Void
  let gradient:
    @Sendable (
      kernel_channels, kernel_statistics, UnsafePointer<Double>, UnsafePointer<Double>, Inputs, Inputs, Inputs,
      Values
    ) -> Void
  let parameterGradient:
    @Sendable (Int, kernel_statistics, UnsafePointer<Double>, UnsafePointer<Double>, Values, Values) -> Void
  let follow: @Sendable (Int, _ share: Double, _ factor: Double, UnsafePointer<Double>, Values) -> Void
  let rows: @Sendable (Int, Int, Double, Inputs, Inputs?, Inputs?, Values) -> Void
  let rowsGradient: @Sendable (Int, Int, Double, Inputs, Inputs, Inputs?, Values) -> Void
  let rowsParameterGradient: @Sendable (Int, Int, Double, Inputs, Inputs, Values, Values) -> Void
}
