internal import CKernels
import Tensors

/// The loops of losses.
struct LossLoops<S: Scalar>: Sendable {
  typealias Inputs = UnsafePointer<S>
  typealias Values = UnsafeMutablePointer<S>

  let crossEntropy:
    @Sendable (_ rows: Int, _ classes: Int, Inputs, Inputs, Inputs?, _ smoothing: S, _ scale: S, Values) -> Double
  let sum: @Sendable (_ count: Int, kernel_loss, _ delta: S, Inputs, Inputs, _ scale: S, Values) -> Double
  let dice: @Sendable (_ rows: Int, _ count: Int, _ smoothing: S, Inputs, Inputs, _ scale: S, Values) -> Double
}

/// The loops of optimizers.
struct OptimizerLoops<S: Scalar>: Sendable {
  typealias Inputs = UnsafePointer<S>
  typealias Values = UnsafeMutablePointer<S>

  let sgd: @Sendable (_ count: Int, kernel_sgd_step, _ gradient: Inputs, Values, Values) -> Void
  let adam: @Sendable (_ count: Int, kernel_adam_step, _ gradient: Inputs, Values, Values, Values) -> Void
  let rmsProp: @Sendable (_ count: Int, kernel_rmsprop_step, _ gradient: Inputs, Values, Values, Values) -> Void
}
