internal import CFFTW

/// What a transform is planned for: its kind, its axes, and the loops round it.
struct TransformRequest: Hashable, Sendable {
  enum Kind: Hashable, Sendable {
    case forward, backward, realForward, realBackward
    /// DCT-II, 2·Σ x[n]·cos(π(n + ½)k/N), and DCT-III, x[0] + 2·Σ x[k]·cos(πk(n + ½)/N), which is its inverse times 2N.
    case cosineForward, cosineBackward

    /// Whether the input is real.
    var isOfReals: Bool { self == .realForward || self == .realBackward || isOfCosines }

    /// Whether input and output are real.
    var isOfCosines: Bool { self == .cosineForward || self == .cosineBackward }
  }

  /// An axis to transform, or a loop: how many, and how far apart in input and output.
  struct Axis: Hashable, Sendable {
    let count: Int
    let inputStride: Int
    let outputStride: Int
  }

  let kind: Kind
  let axes: [Axis]
  let loops: [Axis]
  let isInPlace: Bool

  /// A transform of one contiguous array with one or more axes, not in place.
  ///
  /// A real transform has its half spectrum along the last axis.
  init(_ kind: Kind, sizes: [Int]) {
    let spectrumSizes = sizes.dropLast() + [sizes[sizes.count - 1] / 2 + 1]
    let real = Self.strides(sizes)
    let half = Self.strides(Array(spectrumSizes))
    self.kind = kind
    axes = sizes.indices.map { axis in
      switch kind {
      case .forward, .backward, .cosineForward, .cosineBackward:
        Axis(count: sizes[axis], inputStride: real[axis], outputStride: real[axis])
      case .realForward: Axis(count: sizes[axis], inputStride: real[axis], outputStride: half[axis])
      case .realBackward: Axis(count: sizes[axis], inputStride: half[axis], outputStride: real[axis])
      }
    }
    loops = []
    isInPlace = false
  }

  init(_ kind: Kind, axes: [Axis], loops: [Axis], isInPlace: Bool = false) {
    self.kind = kind
    self.isInPlace = isInPlace
    self.axes = axes
    self.loops = loops
  }

  /// The number of elements of input and output, whichever is larger, that the plan may touch.
  var extent: Int {
    let spans = (axes + loops).map { ($0.count - 1) * max($0.inputStride, $0.outputStride) }
    return spans.reduce(1, +)
  }

  /// FFTW's name of the transform along each axis.
  var cosineKinds: [fftw_r2r_kind] { axes.map { _ in kind == .cosineForward ? FFTW_REDFT10 : FFTW_REDFT01 } }

  func withDimensions<Result>(
    _ body: (Int32, UnsafePointer<fftw_iodim64>, Int32, UnsafePointer<fftw_iodim64>) -> Result
  ) -> Result {
    let dimensions = axes.map(Self.dimension)
    let repeats = loops.isEmpty ? [fftw_iodim64(n: 1, is: 0, os: 0)] : loops.map(Self.dimension)
    return body(Int32(dimensions.count), dimensions, Int32(repeats.count), repeats)
  }

  private static func dimension(_ axis: Axis) -> fftw_iodim64 {
    fftw_iodim64(n: axis.count, is: axis.inputStride, os: axis.outputStride)
  }

  private static func strides(_ sizes: [Int]) -> [Int] {
    sizes.indices.map { sizes[($0 + 1)...].reduce(1, *) }
  }
}
