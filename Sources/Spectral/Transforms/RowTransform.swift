internal import Tensors

/// The complex transform of one or eight rows that each lie in contiguous memory, out of place: what FFTW is fastest at.
///
/// A row is followed by ``padding`` numbers that are not touched here, so that equal places of neighbouring rows do not
/// compete for the same part of the processor's cache.
struct RowTransform<S: SpectralScalar>: Sendable {
  static var padding: Int { 8 }

  /// The complex numbers of a row.
  let count: Int
  /// The rows of a call.
  let rows: Int

  private let plan: TransformPlan<S>

  init(count: Int, rows: Int) {
    self.count = count
    self.rows = rows
    plan = TransformPlan(Self.request(count: count, rows: rows))
  }

  static func request(count: Int, rows: Int) -> TransformRequest {
    let pitch = count + padding
    return TransformRequest(
      .forward, axes: [.init(count: count, inputStride: 1, outputStride: 1)],
      loops: [.init(count: rows, inputStride: pitch, outputStride: pitch)])
  }

  /// The complex numbers from one row to the next.
  var pitch: Int { count + Self.padding }

  /// Transforms aligned rows into other aligned rows.
  func callAsFunction(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<S>) {
    plan.complex(complexPointer(input), complexPointer(output))
  }
}
