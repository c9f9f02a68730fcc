internal import CKernels
internal import Tensors

/// The C loops of convolution in one precision; `CKernels.h` says what each computes.
struct ConvolutionLoops<S: Scalar>: Sendable {
  typealias Source = UnsafePointer<S>
  typealias Target = UnsafeMutablePointer<S>
  typealias Correlation = UnsafePointer<correlate_shape>

  let direct: @Sendable (UnsafePointer<direct_shape>, Source, Source, Target) -> Void
  let extend: @Sendable (UnsafePointer<extension_shape>, Source, Target) -> Void
  let fold: @Sendable (UnsafePointer<extension_shape>, Source, Target) -> Void
  let directGradient: @Sendable (UnsafePointer<direct_shape>, Source, Source, Target) -> Void
  let gatherColumns: @Sendable (Correlation, Source, Int, Int, Target, Int) -> Void
  let scatterColumns: @Sendable (Correlation, Source, Int, Int, Int, Target) -> Void
  let largestMagnitude: @Sendable (Int, Source) -> S
}
