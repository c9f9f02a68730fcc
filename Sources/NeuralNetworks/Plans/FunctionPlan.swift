/// Evaluates a function of one number at every number.
struct FunctionPlan<S: NetworkScalar>: InPlacePlan {
  private let function: ActivationLoops<S>.InPlace
  private let gradientFunction: ActivationLoops<S>.InPlaceGradient

  init(_ function: @escaping ActivationLoops<S>.InPlace, gradient: @escaping ActivationLoops<S>.InPlaceGradient) {
    self.function = function
    gradientFunction = gradient
  }

  func apply(_ values: inout MutableSpan<S>, at place: PassPlace) {
    values.withUnsafeMutableBufferPointer { function($0.count, $0.baseAddress!) }
  }

  func backpropagate(_ outputs: Span<S>, _ gradient: inout MutableSpan<S>, at place: PassPlace) {
    precondition(outputs.count == gradient.count, "expected \(outputs.count) numbers, got \(gradient.count)")
    outputs.withUnsafeBufferPointer { outputs in
      gradient.withUnsafeMutableBufferPointer { gradientFunction($0.count, outputs.baseAddress!, $0.baseAddress!) }
    }
  }
}
