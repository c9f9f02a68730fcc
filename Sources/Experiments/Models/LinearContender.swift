import Foundation
import LinearModels
import Spectral
import Tensors

/// A fixed feature map under multinomial logistic regression with a ridge penalty.
///
/// Each feature is standardised by the training images. A trial is a value of the ridge λ of the mean log loss plus
/// (λ/2)‖W‖²; the values are spaced evenly in log λ. Images of several channels give the features of each in turn.
struct LinearContender: Contender {
  let name: String
  let side: Side
  let cost: ModelCost
  let atoms: Tensor<Double>?

  private let features: any FeatureMap

  init(name: String, side: Side, features: any FeatureMap, atoms: Tensor<Double>?, context: ContenderContext) {
    self.name = name
    self.side = side
    self.features = features
    self.atoms = atoms
    let (channels, classes) = (context.inputShape[0], context.classCount)
    let weights = channels * features.dimension * classes
    cost = ModelCost(
      parameters: weights + classes, links: weights + classes,
      operations: channels * Int(features.operations.rounded()) + weights)
  }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate] {
    let rows = try designMatrix(training.images)
    let standardizer = Standardizer(fitting: rows)
    let problem = try LogisticProblem(
      features: standardizer.apply(rows), labels: training.labels, classCount: training.classCount)
    var previous: LogisticRegression?
    return try TrialPath.ridges(trials).map { ridge in
      if isCancelled() { throw CancellationError() }
      let fit = try problem.fit(ridge: ridge, startingFrom: previous, options: SolverOptions(tolerance: 1e-5))
      previous = fit.model
      return Candidate(
        setting: "ridge=\(Self.text(ridge))", remark: Self.remark(fit), filters: nil
      ) { images in try fit.model.probabilities(standardizer.apply(designMatrix(images))) }
    }
  }

  private static func text(_ ridge: Double) -> String { String(format: "%.3g", ridge) }

  private static func remark(_ fit: LogisticFit) -> String? {
    fit.converged
      ? nil
      : "did not converge for ridge \(fit.ridge): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
  }

  private func designMatrix(_ images: Tensor<Float>) throws -> Tensor<Double> {
    let (count, channels) = (images.shape[0], images.shape[1])
    return try features.designMatrix(images.reshaped([count * channels, images.shape[2], images.shape[3]]))
      .reshaped([count, channels * features.dimension])
  }
}
