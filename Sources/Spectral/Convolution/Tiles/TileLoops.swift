internal import Tensors

/// The C loops over rows of complex numbers in one precision; `CKernels.h` says what each computes.
struct TileLoops<S: Scalar>: Sendable {
  typealias Source = UnsafePointer<S>
  typealias Target = UnsafeMutablePointer<S>

  let rowsToHalfSpectra: @Sendable (Int, Target, Int, Target, Int) -> Void
  let halfSpectraToRows: @Sendable (Int, Source, Int, Target, Int) -> Void
  let interleave: @Sendable (Int, Int, Int, Source?, Source?, Target) -> S
  let pick: @Sendable (Int, Source, Int, Int32, Target) -> Void
  let multiplySwapped: @Sendable (Int, Int32, Int32, Source, Source, Target) -> Void
}
