import Spectral
import Tensors
import Testing

/// The rounding that the module's page allows a method, ‖ŷ − y‖₂ ≤ c·ε·‖x‖₂·‖k‖₁.
///
/// - Parameters:
///   - method: The method; `automatic` may be any.
///   - terms: The products that one output is the sum of.
///   - points: The samples of the extended image.
/// - Returns: c.
func roundingConstant(_ method: ConvolutionMethod, terms: Int, points: Int) -> Double {
  let sums = max(8, Double(terms).squareRoot())
  let spectral = 4 * max(1, Double.log2(Double(points)))
  return switch method {
  case .direct, .im2col, .separable: sums
  case .fft, .overlapSave: spectral
  case .winograd: 100
  case .automatic: max(sums, spectral, 100)
  }
}

/// The methods that serve every shape.
let generalMethods: Set<ConvolutionMethod> = [.automatic, .direct, .im2col, .separable, .fft, .overlapSave]

/// Calls `body` with every method.
///
/// A method may refuse what it cannot serve, if it says so and names another that can.
///
/// - Parameter body: What every method must do alike.
/// - Returns: The methods that did.
/// - Throws: Any error that is not a refusal.
@discardableResult
func forEachMethod(_ body: (ConvolutionMethod) throws -> Void) throws -> Set<ConvolutionMethod> {
  var served: Set<ConvolutionMethod> = []
  for method in ConvolutionMethod.allCases where try serves(method, body) { served.insert(method) }
  #expect(served.isSuperset(of: generalMethods))
  return served
}

/// Calls `body` with a method; false where it refuses, and says so.
func serves(_ method: ConvolutionMethod, _ body: (ConvolutionMethod) throws -> Void) throws -> Bool {
  do {
    try body(method)
    return true
  } catch let error as InputError {
    let others = ConvolutionMethod.allCases.filter { $0 != method && error.description.contains($0.rawValue) }
    #expect(error.description.contains(method.rawValue) && !others.isEmpty, "\(method): \(error)")
    return false
  }
}

extension ConvolutionShape {
  /// The samples of one extended plane.
  var extendedPoints: Int {
    (inputHeight + padding.top + padding.bottom) * (inputWidth + padding.left + padding.right)
  }

  var imageShape: [Int] { [inputChannels, inputHeight, inputWidth] }
  var bankShape: [Int] { [outputChannels, inputChannels / groups, kernelHeight, kernelWidth] }
  var resultShape: [Int] { [outputChannels, outputHeight, outputWidth] }
}

/// A copy of a tensor after `body` has written to it.
func writing<S: SpectralScalar>(_ tensor: Tensor<S>, _ body: (inout MutableSpan<S>) -> Void) -> Tensor<S> {
  var copy = tensor
  var span = copy.mutableSpan
  body(&span)
  return copy
}
