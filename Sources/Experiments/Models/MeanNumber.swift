import LinearModels
import Tensors

/// The control of numbers that has seen no image: the mean of those of the training images.
struct MeanNumber: Contender {
  let name = "mean"
  let side = Side.control
  let cost = ModelCost(parameters: 1, links: 1, operations: 0)
  let atoms: Tensor<Double>? = nil
  let searchSpace = ""

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) -> [Candidate] {
    let mean = training.numbers.reduce(0, +) / Double(training.numbers.count)
    return [
      Candidate(setting: "", remark: nil, filters: nil) { images in
        Tensor([Double](repeating: mean, count: images.shape[0]), shape: [images.shape[0], 1])
      }
    ]
  }
}

extension LabeledImages {
  /// The number of each image.
  var numbers: [Double] {
    guard case .numbers(let numbers) = response else { preconditionFailure("expected numbers, got \(response)") }
    return numbers
  }
}
