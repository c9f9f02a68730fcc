internal import Numerics
internal import Tensors

/// A planned transform of aligned arrays, executable from many threads at once.
struct TransformPlan<S: SpectralScalar>: Sendable {
  /// Kept so that the plan lives.
  private let handle: TransformHandle
  private nonisolated(unsafe) let pointer: OpaquePointer
  private let functions: SpectralFunctions<S>
  /// Kept apart, since this is the one that runs in innermost loops.
  private let executeComplex:
    @Sendable (OpaquePointer, UnsafeMutablePointer<Complex<S>>, UnsafeMutablePointer<Complex<S>>) -> Void

  init(_ request: TransformRequest) {
    handle = PlanCache.handle(request, as: S.self)
    pointer = handle.pointer
    functions = S.spectralFunctions
    executeComplex = functions.transforms.executeComplex
  }

  /// Transforms real memory into a half spectrum.
  func realForward(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<Complex<S>>) {
    functions.transforms.executeRealForward(pointer, input, output)
  }

  /// Transforms a half spectrum, which it may destroy, into real memory.
  func realBackward(_ input: UnsafeMutablePointer<Complex<S>>, _ output: UnsafeMutablePointer<S>) {
    functions.transforms.executeRealBackward(pointer, input, output)
  }

  /// Transforms real memory into as many real coefficients, or back.
  func real(_ input: UnsafeMutablePointer<S>, _ output: UnsafeMutablePointer<S>) {
    functions.transforms.executeReal(pointer, input, output)
  }

  /// Transforms complex memory.
  func complex(_ input: UnsafeMutablePointer<Complex<S>>, _ output: UnsafeMutablePointer<Complex<S>>) {
    executeComplex(pointer, input, output)
  }
}
