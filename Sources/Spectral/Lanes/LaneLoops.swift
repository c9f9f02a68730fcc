internal import CKernels
internal import Tensors

/// The C loops on images that lie in the lanes of vectors, in one precision; `lanes.h` and `factors.h` say what each
/// computes.
struct LaneLoops<S: Scalar>: Sendable {
  typealias Source = UnsafePointer<S>
  typealias Target = UnsafeMutablePointer<S>
  typealias Transform = UnsafePointer<lane_transform>
  typealias Places = UnsafePointer<Int32>

  let gather: @Sendable (Int, UnsafePointer<Int>, Source, Int, Int, Target) -> Void
  let scatter: @Sendable (Int, Source, Int, Target) -> Void
  let columns: @Sendable (Transform, Source, Bool, Int, Source, Target, Target) -> Void
  let realRows: @Sendable (Transform, Source, Int, Source, Target, Target) -> Void
  let modulusRows: @Sendable (Transform, Source, Int, Source, Target, Target) -> Void
  let filter: @Sendable (Int, Places, Places, Source, Source, Target) -> Void
  let average: @Sendable (UnsafePointer<lane_average>, Source, Source, Source, Target, Target) -> Void
  let rowsToLanes: @Sendable (Int, Source, Int, Places, Target) -> Void
  let lanesToRows: @Sendable (Int, Source, Places, Target, Int) -> Void
  let applyFactor: @Sendable (UnsafePointer<axis_factor>, Places, Places, Source, Source, Target) -> Void

  /// The images that lie side by side.
  static var count: Int { Int(LANE_BYTES) / MemoryLayout<S>.stride }
}
