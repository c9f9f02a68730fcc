import Tensors

/// The control that has seen no image: the class frequencies of the training labels.
struct MajorityClass: Contender {
  let name = "majority"
  let side = Side.control
  let cost: ModelCost
  let atoms: Tensor<Double>? = nil
  let searchSpace = ""

  init(classCount: Int) { cost = ModelCost(parameters: classCount, links: classCount, operations: 0) }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) -> [Candidate] {
    var counts = [Double](repeating: 0, count: training.classCount)
    for label in training.labels { counts[label] += 1 }
    let smoothed = counts.map { ($0 + 0.5) / (Double(training.labels.count) + 0.5 * Double(counts.count)) }
    return [
      Candidate(setting: "", remark: nil, filters: nil) { images in
        Tensor((0..<images.shape[0]).flatMap { _ in smoothed }, shape: [images.shape[0], smoothed.count])
      }
    ]
  }
}
