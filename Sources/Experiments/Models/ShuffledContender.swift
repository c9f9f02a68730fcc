import Tensors

/// The control that has nothing to learn: a model of images whose labels were dealt anew within each part of a split.
///
/// No model can recognise such labels but by chance. One that does has seen the labels of the test images.
struct ShuffledContender: Contender {
  let base: any Contender

  var name: String { "\(ModelRequest.shuffledWord):\(base.name)" }
  var side: Side { .control }
  var cost: ModelCost { base.cost }
  var atoms: Tensor<Double>? { nil }
  var searchSpace: String { base.searchSpace }
  var isNetwork: Bool { base.isNetwork }
  var dealsLabels: Bool { true }

  func check(numbers: [Double]) throws { try base.check(numbers: numbers) }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate] {
    try base.candidates(trials: trials, training: training, stream: stream, isCancelled: isCancelled)
  }
}
