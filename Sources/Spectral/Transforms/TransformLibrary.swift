internal import CFFTW
internal import Numerics
internal import Tensors

/// FFTW in one precision.
///
/// Everything but the executions is called under the lock of ``PlanCache`` alone; the executions from any thread.
struct TransformLibrary<S: Scalar>: Sendable {
  typealias RealPointer = UnsafeMutablePointer<S>
  typealias ComplexPointer = UnsafeMutablePointer<Complex<S>>

  /// Plans a transform between real (or, for a complex transform, complex) memory and a spectrum, which is real where
  /// the transform is of cosines.
  let plan: @Sendable (TransformRequest, UInt32, RealPointer?, ComplexPointer?, ComplexPointer) -> OpaquePointer?
  let executeReal: @Sendable (OpaquePointer, RealPointer, RealPointer) -> Void
  let executeRealForward: @Sendable (OpaquePointer, RealPointer, ComplexPointer) -> Void
  let executeRealBackward: @Sendable (OpaquePointer, ComplexPointer, RealPointer) -> Void
  let executeComplex: @Sendable (OpaquePointer, ComplexPointer, ComplexPointer) -> Void
  let destroy: @Sendable (OpaquePointer) -> Void
  let exportWisdom: @Sendable () -> String
  let importWisdom: @Sendable (String) -> Bool
  let forgetWisdom: @Sendable () -> Void
}

/// How much is tried to find a good plan where FFTW's wisdom has none.
package enum PlanningEffort: Sendable {
  /// Nothing is measured, so that a size has the same plan, and the same bits, in every run.
  case estimate
  /// Some milliseconds of measurements for each size.
  case measure
  /// Up to seconds.
  case patient

  var flags: UInt32 {
    switch self {
    case .estimate: UInt32(FFTW_ESTIMATE)
    case .measure: UInt32(FFTW_MEASURE)
    case .patient: UInt32(FFTW_PATIENT)
    }
  }
}
