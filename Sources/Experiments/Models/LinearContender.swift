import Foundation
import LinearModels
import Spectral
import Tensors

/// A fixed feature map under multinomial logistic regression with a ridge penalty.
///
/// Each feature is standardised by the training images. A trial is a value of the ridge λ of the mean log loss plus
/// (λ/2)‖W‖²; the values are spaced evenly in log λ. What data decide about the features, the atoms of `pca` or those that a
/// selection keeps, is fitted to the training images of each repeat.
struct LinearContender: Contender {
  let name: String
  let side: Side
  let cost: ModelCost
  let atoms: Tensor<Double>?
  let searchSpace = "ridge from 100 to 1e-05, evenly in its logarithm"

  private let request: FeatureRequest
  private let random: RandomStream

  init(name: String, request: FeatureRequest, context: ContenderContext) throws {
    let (channels, height, width) = (context.inputShape[0], context.inputShape[1], context.inputShape[2])
    self.name = name
    random = context.random
    self.request = try request.limitingAtoms(to: ContenderCatalog.defaultAtomCount, height: height, width: width)
    side = request.map.hasPrefix("random") ? .control : .fixed
    let map = try self.request.unfittedMap(height: height, width: width, random: random)
    let shape = try ImageFeatures(
      name: name, map: map ?? self.request.standIn(height: height, width: width, random: random), channels: channels)
    if let selection = request.selection { try shape.check(selection) }
    let weights = (request.selection?.count ?? shape.dimension) * context.classCount
    cost = ModelCost(
      parameters: weights + context.classCount, links: weights + context.classCount,
      operations: Int(shape.operations.rounded()) + (request.isLogarithmic ? shape.dimension : 0) + weights)
    atoms = request.selection == nil && request.map != "pixels" ? map.flatMap(Self.atoms) : nil
  }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate] {
    let features = try request.fitted(
      to: training.images, labels: training.labels, classCount: training.classCount, random: random)
    let rows = try features.designMatrix(training.images)
    let standardizer = Standardizer(fitting: rows)
    let problem = try LogisticProblem(
      features: standardizer.apply(rows), labels: training.labels, classCount: training.classCount)
    let filters = request.needsTraining ? Self.filters(features) : nil
    var previous: LogisticRegression?
    return try TrialPath.ridges(trials).map { ridge in
      if isCancelled() { throw CancellationError() }
      let fit = try problem.fit(ridge: ridge, startingFrom: previous, options: SolverOptions(tolerance: 1e-5))
      previous = fit.model
      return Candidate(
        setting: "ridge=\(Self.text(ridge))", remark: Self.remark(fit), filters: filters, features: features
      ) { images in try fit.model.probabilities(standardizer.apply(features.designMatrix(images))) }
    }
  }

  private static func text(_ ridge: Double) -> String { String(format: "%.3g", ridge) }

  private static func remark(_ fit: LogisticFit) -> String? {
    fit.converged
      ? nil
      : "did not converge for ridge \(fit.ridge): gradient norm \(fit.gradientNorm) after \(fit.iterations) iterations"
  }

  /// The atoms that coefficients belong to, where they make a picture.
  private static func atoms(of map: any FeatureMap) -> Tensor<Double>? {
    (map as? CoefficientFeatures).map { $0.basis.atoms(count: $0.dimension) }
  }

  /// The atoms that training images decided on, the best first.
  private static func filters(_ features: ImageFeatures) -> Tensor<Float>? {
    atoms(of: features.map).map { atoms in
      let all = atoms.map { Float($0) }
      return features.columns.map { all.gatheringRows($0.map { $0 % atoms.shape[0] }) } ?? all
    }
  }
}
