import NeuralNetworks
import Numerics
import Tensors

/// How numbers become the targets of a network with one output, and its outputs numbers again.
///
/// Numbers are shifted and scaled to mean 0 and deviation 1. Counts are divided by their mean, and the output is the
/// logarithm of their rate.
public struct NumberCoding: Codable, Equatable, Sendable {
  /// What the network explains: numbers or counts.
  let family: ModelFamily
  private let scale: NumberScale

  /// Measures training numbers; never give it those of validation or test images.
  ///
  /// - Parameters:
  ///   - numbers: The numbers.
  ///   - family: What they are; not classes.
  init(fitting numbers: [Double], family: ModelFamily) {
    precondition(family.explainsNumbers, "expected numbers or counts, got \(family)")
    self.family = family
    scale = family == .poisson ? NumberScale(meanOf: numbers) : NumberScale(numbers)
  }

  /// What a network should make of numbers.
  func targets(_ numbers: [Double]) -> Targets<Float> {
    .values(Tensor(numbers.map { Float(scale.apply($0)) }, shape: [numbers.count, 1]))
  }

  /// The numbers that outputs mean.
  func numbers(_ outputs: Tensor<Double>) -> Tensor<Double> {
    outputs.map { scale.revert(family == .poisson ? .exp($0) : $0) }
  }
}
