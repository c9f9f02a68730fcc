import Foundation
import LinearModels
import Spectral
import Statistics
import Tensors

/// A fixed feature map under a generalized linear model with a penalty: multinomial logistic regression for classes, least
/// squares for numbers, a Poisson model for counts; or the model of another link that its name says.
///
/// Each feature is standardised by the training images, and numbers, but counts, are too; under a logarithmic link numbers are
/// divided by their mean. A trial is a value of the λ of the mean loss (log loss, half the squared error, half the deviance)
/// plus the penalty; the values are spaced evenly in log λ, those of a sparse penalty as shares of the smallest at which the
/// training images leave all weights 0. What data decide about the features, the atoms of `pca` or those that a selection
/// keeps, is fitted to the training images of each repeat.
///
/// The size of a model is that of all its features, also of those that a penalty leaves without weight: which these are
/// differs between repeats, and until the model is fitted it is free in all of them.
struct LinearContender: Contender {
  let name: String
  let side: Side
  let cost: ModelCost
  let atoms: Tensor<Double>?
  let searchSpace: String

  private let request: FeatureRequest
  private let penalty: PenaltyChoice
  private let random: RandomStream
  private let family: Family
  private let link: Link

  /// The gradient norm at which a fit is done.
  private static let options = SolverOptions(tolerance: 1e-5)

  init(_ model: LinearRequest, in context: ContenderContext) throws {
    let (channels, height, width) = (context.inputShape[0], context.inputShape[1], context.inputShape[2])
    name = model.name
    penalty = model.penalty
    random = context.random
    (family, link) = try model.distribution(in: context)
    request = try model.countedFeatures(height: height, width: width)
    side = request.map.hasPrefix("random") ? .control : .fixed
    searchSpace =
      penalty.isSparse
      ? "\(penalty.name) from the smallest λ at which all weights are 0 to a thousandth of it, evenly in its logarithm"
      : "ridge from 100 to 1e-05, evenly in its logarithm"
    let map = try request.unfittedMap(height: height, width: width, random: random)
    let shape = try ImageFeatures(
      name: request.name, map: map ?? request.standIn(height: height, width: width, random: random), channels: channels)
    if let selection = request.selection { try shape.check(selection) }
    _ = try penalty.kind(for: shape)
    let scores = family == .multinomial ? context.classCount : 1
    let weights = (request.selection?.count ?? shape.dimension) * scores
    cost = ModelCost(
      parameters: weights + scores, links: weights + scores,
      operations: Int(shape.operations.rounded()) + (request.isLogarithmic ? shape.dimension : 0) + weights)
    atoms = request.selection == nil && request.map != "pixels" ? map.flatMap(Self.atoms) : nil
  }

  func check(numbers: [Double]) throws {
    guard family == .gaussian && link == .log else { return }
    let mean = Moments(numbers).mean
    guard mean <= 0 else { return }
    let other = name.split(separator: "+").filter { $0 != link.rawValue }.joined(separator: "+")
    throw InputError(
      "model '\(name)'", "the mean of the training numbers is \(mean), expected a positive one for the link 'log'",
      remedy: "Write '\(other)'.")
  }

  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate] {
    let features = try request.fitted(
      to: training.images, labels: training.labels, classCount: training.classCount, random: random)
    let (columns, rows) = try FeatureColumns.fitted(features, to: training.images, standardizes: true)
    func check() throws { if isCancelled() { throw CancellationError() } }
    return family == .multinomial && !penalty.isSparse
      ? try logisticModels(columns, rows, training, trials, check) : try models(columns, rows, training, trials, check)
  }

  /// Multinomial models with a ridge, by the solver that is the fastest for them.
  private func logisticModels(
    _ columns: FeatureColumns, _ rows: Tensor<Double>, _ training: LabeledImages, _ trials: Int,
    _ check: () throws -> Void
  ) throws -> [Candidate] {
    let problem = try LogisticProblem(features: rows, labels: training.labels, classCount: training.classCount)
    let filters = filters(columns.features)
    var previous: LogisticRegression?
    return try TrialPath.ridges(trials).map { ridge in
      try check()
      let fit = try problem.fit(ridge: ridge, startingFrom: previous, options: Self.options)
      previous = fit.model
      return Candidate(
        setting: "ridge=\(Self.text(ridge))", remark: Self.remark(fit), filters: filters, features: columns.features
      ) { images in try fit.model.probabilities(columns.matrix(images)) }
    }
  }

  /// Models of any family with any penalty, one for each λ.
  private func models(
    _ columns: FeatureColumns, _ rows: Tensor<Double>, _ training: LabeledImages, _ trials: Int,
    _ check: () throws -> Void
  ) throws -> [Candidate] {
    let scale = scale(training.response)
    let problem = try GLMProblem(
      features: rows, response: training.response.map(scale.apply), family: family, link: link)
    let kind = try penalty.kind(for: columns.features)
    let filters = filters(columns.features)
    let fits = try problem.path(kind, strengths: strengths(problem, kind, trials), options: Self.options) { _ in
      try check()
    }
    return fits.map { fit in
      let model = ImageModel(columns: columns, model: fit.model)
      return Candidate(setting: setting(fit), remark: remark(fit), filters: filters, features: columns.features) {
        try model.predictions($0).map(scale.revert)
      }
    }
  }

  private func scale(_ response: Response) -> NumberScale {
    guard family == .gaussian, case .numbers(let numbers) = response else { return .none }
    return link == .log ? NumberScale(meanOf: numbers) : NumberScale(numbers)
  }

  private func strengths(_ problem: GLMProblem, _ kind: Penalty.Kind, _ trials: Int) throws -> [Double] {
    guard penalty.isSparse else { return TrialPath.ridges(trials) }
    let largest = try problem.largestStrength(kind)
    return TrialPath.sparseShares(trials).map { largest * $0 }
  }

  private func setting(_ fit: GLMFit) -> String {
    let strength = "\(penalty.form.rawValue)=\(Self.text(fit.penalty.strength))"
    return penalty.isSparse
      ? "\(strength) (\(fit.activeColumns.count) of \(fit.model.featureCount) features)" : strength
  }

  private func remark(_ fit: GLMFit) -> String? {
    fit.converged
      ? nil : "did not converge for \(penalty.form.rawValue) \(fit.penalty.strength) after \(fit.iterations) iterations"
  }

  private static func text(_ strength: Double) -> String { String(format: "%.3g", strength) }

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

extension Response {
  /// The same with other numbers in the place of its numbers; classes stay as they are.
  fileprivate func map(_ transform: (Double) -> Double) -> Response {
    guard case .numbers(let numbers) = self else { return self }
    return .numbers(numbers.map(transform))
  }
}
