internal import CKernels
import Tensors

/// In training each number is set to 0 with a probability p, and multiplied by 1/(1 − p) otherwise; in evaluation nothing
/// happens.
///
/// The random numbers are those of Philox4x32-10 at the number's place in the batch, under a key that follows from the
/// seed and the layer's position, and in the step: the same for any number of threads.
///
/// Shapes: any, unchanged. N. Srivastava et al., *Dropout: a simple way to prevent neural networks from overfitting*,
/// Journal of Machine Learning Research 15, 2014.
public struct Dropout: Layer {
  /// "Dropout".
  public var name: String { "Dropout" }

  /// p, the probability of 0.
  public let probability: Double

  /// Creates the layer.
  ///
  /// - Parameter probability: p, at least 0 and below 1.
  public init(_ probability: Double = 0.5) {
    precondition((0..<1).contains(probability), "expected a probability of at least 0 and below 1, got \(probability)")
    self.probability = probability
  }

  /// The shape of the input.
  public func outputShape(for inputShape: [Int]) -> [Int] { inputShape }

  /// Makes the part that computes, which needs no memory of its own.
  public func makePlan<S: NetworkScalar>(
    for inputShape: [Int], as type: S.Type, in context: PlanContext
  ) -> LayerPlan<S> {
    guard case .training(var stream) = context.mode, probability > 0 else { return .view }
    return .inPlace(
      DropoutPlan<S>(key: stream.next(), probability: probability, itemCount: inputShape.reduce(1, *)))
  }
}

/// Draws the same numbers forward and back.
struct DropoutPlan<S: NetworkScalar>: InPlacePlan {
  let key: UInt64
  let probability: Double
  let itemCount: Int

  func apply(_ values: inout MutableSpan<S>, at place: PassPlace) { drop(&values, place) }

  func backpropagate(_ outputs: Span<S>, _ gradient: inout MutableSpan<S>, at place: PassPlace) {
    drop(&gradient, place)
  }

  private func drop(_ values: inout MutableSpan<S>, _ place: PassPlace) {
    let drawn = kernel_dropout_place(
      key: key, step: UInt64(place.step), first: UInt64(place.firstItem * itemCount),
      threshold: UInt32(probability * 0x1p32))
    values.withUnsafeMutableBufferPointer {
      S.layerFunctions.activations.dropout($0.count, drawn, S(1 / (1 - probability)), $0.baseAddress!)
    }
  }
}
