internal import Tensors

/// The complex transform of a row that lies in contiguous memory, out of place: what FFTW is fastest at.
///
/// A row is followed by ``padding`` numbers that are not touched here, so that equal places of neighbouring rows do not
/// compete for the same part of the processor's cache.
struct RowTransform<S: SpectralScalar>: Sendable {
  static var padding: Int { 8 }

  /// The complex numbers of a row.
  let count: Int

  private let plan: TransformPlan<S>

  init(count: Int) {
    self.count = count
    plan = TransformPlan(TransformRequest(.forward, sizes: [count]))
  }

  /// The complex numbers from one row to the next.
  var pitch: Int { count + Self.padding }

  /// Transforms an aligned row into another.
  func callAsFunction(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<S>) {
    plan.complex(complexPointer(input), complexPointer(output))
  }
}
