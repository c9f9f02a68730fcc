import Foundation
import LinearModels
import Spectral
import Tensors

/// A fixed feature map under a generalized linear model with a ridge penalty: multinomial logistic regression for classes,
/// least squares for numbers, a Poisson model for counts.
///
/// Each feature is standardised by the training images, and numbers, but counts, are too. A trial is a value of the ridge λ of
/// the mean loss (log loss, half the squared error, half the deviance) plus (λ/2)‖W‖²; the values are spaced evenly in log λ. What data decide about the features, the atoms of `pca` or those that a
/// selection keeps, is fitted to the training images of each repeat.
struct LinearContender: Contender {
  let name: String
  let side: Side
  let cost: ModelCost
  let atoms: Tensor<Double>?
  let searchSpace = "ridge from 100 to 1e-05, evenly in its logarithm"

  private let request: FeatureRequest
  private let random: RandomStream
  private let family: ModelFamily

  init(name: String, request: FeatureRequest, context: ContenderContext) throws {
    let (channels, height, width) = (context.inputShape[0], context.inputShape[1], context.inputShape[2])
    self.name = name
    random = context.random
    family = context.family
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
    guard !family.explainsNumbers else {
      if isCancelled() { throw CancellationError() }
      return try regressions(
        standardizer.apply(rows), training.numbers, strengths: TrialPath.ridges(trials), features, standardizer)
    }
    let problem = try LogisticProblem(
      features: standardizer.apply(rows), labels: training.labels, classCount: training.classCount)
    let filters = filters(features)
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

  /// Models of numbers, one for each λ.
  private func regressions(
    _ rows: Tensor<Double>, _ numbers: [Double], strengths: [Double], _ features: ImageFeatures,
    _ standardizer: Standardizer
  ) throws -> [Candidate] {
    let scale = family == .gaussian ? NumberScale(numbers) : .none
    let problem = try GLMProblem(
      features: rows, response: .numbers(numbers.map(scale.apply)), family: family.linear)
    return try zip(strengths, problem.path(.ridge, strengths: strengths, options: SolverOptions(tolerance: 1e-5))).map {
      ridge, fit in
      Candidate(
        setting: "ridge=\(Self.text(ridge))",
        remark: fit.converged ? nil : "did not converge for ridge \(ridge) after \(fit.iterations) iterations",
        filters: filters(features), features: features
      ) { images in
        fit.model.means(try standardizer.apply(features.designMatrix(images))).map(scale.revert)
      }
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
  private func filters(_ features: ImageFeatures) -> Tensor<Float>? {
    guard request.needsTraining else { return nil }
    return Self.atoms(of: features.map).map { atoms in
      let all = atoms.map { Float($0) }
      return features.columns.map { all.gatheringRows($0.map { $0 % atoms.shape[0] }) } ?? all
    }
  }
}
