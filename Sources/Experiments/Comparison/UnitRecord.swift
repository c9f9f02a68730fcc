public import LinearModels
public import Tensors

/// All that one unit of work leaves: one model in one repeat.
public struct UnitRecord: Sendable {
  /// The scores and settings.
  public let result: UnitResult
  /// The index of the repeat.
  public let split: Int
  /// The index of the model in its arena.
  public let contender: Int
  /// The indices of the test images in the data set.
  public let testIndices: [Int]
  /// The class or number of each test image: that of the data, or the one that was dealt to it.
  public let testResponse: Response
  /// The class probabilities of the test images, `[N, K]`, or the numbers that are expected, `[N, 1]`.
  public let testPredictions: Tensor<Double>
  /// The score of each test image under each perturbation, in the order of the configuration.
  public let perturbedScores: [[Double]]
  /// The predictions for the test images by the same setting fitted to the whole official training part, in the first
  /// repeat of data with an official split.
  public let refitPredictions: Tensor<Double>?
  /// Wall seconds that the fits of all trials took.
  public let seconds: Double
  /// The learned first-layer filters `[F, kh, kw]` of the chosen candidate, where it has them.
  public let filters: Tensor<Float>?
  /// The network of the chosen candidate in the first repeat, when it has just been trained; its weights are in the folder
  /// of the run.
  var network: TrainedNetwork? = nil
}
