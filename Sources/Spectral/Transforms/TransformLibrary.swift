internal import CFFTW
internal import Numerics
internal import Tensors

/// FFTW in one precision.
///
/// `plan`, `destroy` are called under the lock of ``PlanCache`` alone; the executions from any thread.
struct TransformLibrary<S: Scalar>: Sendable {
  typealias RealPointer = UnsafeMutablePointer<S>
  typealias ComplexPointer = UnsafeMutablePointer<Complex<S>>

  /// Plans a transform between real (or, for a complex transform, complex) memory and a spectrum.
  let plan: @Sendable (TransformRequest, RealPointer?, ComplexPointer?, ComplexPointer) -> OpaquePointer?
  let executeRealForward: @Sendable (OpaquePointer, RealPointer, ComplexPointer) -> Void
  let executeRealBackward: @Sendable (OpaquePointer, ComplexPointer, RealPointer) -> Void
  let executeComplex: @Sendable (OpaquePointer, ComplexPointer, ComplexPointer) -> Void
  let destroy: @Sendable (OpaquePointer) -> Void
}

/// Planning by FFTW's cost estimate: nothing is measured, so a size has the same plan, and the same bits, in every run.
let planningFlags = UInt32(FFTW_ESTIMATE)
