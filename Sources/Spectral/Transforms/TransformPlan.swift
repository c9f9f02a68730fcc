internal import Numerics
internal import Tensors

/// A planned transform of aligned arrays, executable from many threads at once.
struct TransformPlan<S: SpectralScalar>: Sendable {
  private let handle: TransformHandle
  private let library: TransformLibrary<S>

  init(_ request: TransformRequest) {
    handle = PlanCache.handle(request, as: S.self)
    library = S.spectralFunctions.transforms
  }

  /// Transforms real memory into a half spectrum.
  func realForward(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<Complex<S>>) {
    library.executeRealForward(handle.pointer, input, output)
  }

  /// Transforms a half spectrum, which it may destroy, into real memory.
  func realBackward(_ input: UnsafeMutablePointer<Complex<S>>, _ output: UnsafeMutablePointer<S>) {
    library.executeRealBackward(handle.pointer, input, output)
  }

  /// Transforms real memory into as many real coefficients, or back.
  func real(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<S>) {
    library.executeReal(handle.pointer, input, output)
  }

  /// Transforms complex memory.
  func complex(_ input: UnsafeMutablePointer<Complex<S>>, _ output: UnsafeMutablePointer<Complex<S>>) {
    library.executeComplex(handle.pointer, input, output)
  }
}
