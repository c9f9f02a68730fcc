import Tensors

/// Tells whether the likelihood of data without a penalty has no maximum.
///
/// It has none exactly when some direction of the parameters makes no row less likely and some row more likely:
/// complete separation when it makes all rows more likely, quasi-complete otherwise. Where a fit has run far along such
/// a direction, the point itself shows complete separation, and the next Newton step, whose scores stay of order 1
/// while those of data with a maximum shrink to nothing, shows either kind. Source: A. Albert, J. A. Anderson, *On the
/// existence of maximum likelihood estimates in logistic regression models*, Biometrika 71 (1984).
enum Separation {
  /// The largest score of a Newton step below which the fit has a maximum.
  private static let smallestStep = 0.01
  /// The fraction of the largest margin that counts as 0.
  private static let tolerance = 1e-3
  /// The largest number of parameters for which Newton steps are looked at.
  private static let largestNewton = 3000

  static func find(_ problem: GLMProblem, at parameters: Tensor<Double>, dropping dropped: [Int]) -> GLMDiagnostic? {
    guard problem.family != .gaussian && problem.link != .identity && isSuspicious(problem, parameters) else {
      return nil
    }
    let places = (0...problem.featureCount).filter { !dropped.contains($0) }
    let reduced = problem.selecting(columns: Array(places.dropLast()))
    let point = parameters.gatheringColumns(places)
    let own = Margins(reduced, point)
    if own.smallest > 0 { return diagnostic(own, point, reduced, places) }
    guard let step = newtonStep(reduced, point) else { return nil }
    let margins = Margins(reduced, step)
    guard margins.largest > smallestStep && margins.smallest >= -tolerance * margins.largest else { return nil }
    return diagnostic(margins, step, reduced, places)
  }

  private static func diagnostic(
    _ margins: Margins, _ direction: Tensor<Double>, _ problem: GLMProblem, _ places: [Int]
  ) -> GLMDiagnostic {
    .separation(
      complete: margins.smallest > 0,
      classes: problem.family == .poisson ? [] : margins.classes(above: tolerance * margins.largest),
      columns: columns(of: direction, problem).map { places[$0] })
  }

  /// Whether some row is fitted so well that its curvature is next to nothing.
  private static func isSuspicious(_ problem: GLMProblem, _ parameters: Tensor<Double>) -> Bool {
    let model = GeneralizedLinearModel(family: problem.family, link: problem.link, parameters: parameters)
    let means = model.means(problem.features, offset: problem.offset)
    return (0..<problem.rowCount).contains { row in
      switch problem.family {
      case .multinomial: means[row, problem.labels[row]] > 0.999
      case .poisson: means[row, 0] < 1e-3 && problem.targets[row] == 0
      default: abs(means[row, 0] - problem.targets[row]) < 1e-3
      }
    }
  }

  /// The last of a few Newton steps, in which only what grows without end is left.
  private static func newtonStep(_ problem: GLMProblem, _ start: Tensor<Double>) -> Tensor<Double>? {
    guard start.count <= largestNewton else { return nil }
    var objective = GLMObjective(problem: problem, ridge: 0)
    let first = Newton.minimize(
      &objective, from: start, options: SolverOptions(tolerance: 1e-300, maximumIterations: 4))
    let second = Newton.minimize(
      &objective, from: first.point, options: SolverOptions(tolerance: 1e-300, maximumIterations: 1))
    return second.point - first.point
  }

  /// The columns that have a part in a direction, measured by what they do to the scores.
  private static func columns(of direction: Tensor<Double>, _ problem: GLMProblem) -> [Int] {
    let scale = Standardizer(fitting: problem.features).scale
    let sizes = (0..<problem.featureCount).map { column in
      (0..<direction.shape[0]).reduce(0) { max($0, abs(direction[$1, column])) } * scale[column]
    }
    let largest = sizes.max() ?? 0
    return sizes.indices.filter { sizes[$0] >= 1e-2 * largest }
  }
}

/// By how much a direction of the parameters raises the score of each row's response over its rivals.
private struct Margins {
  private(set) var smallest = Double.infinity
  private(set) var largest = -Double.infinity
  /// The smallest margin between rows of one class and those of others, for each class.
  private var byClass: [Double]

  init(_ problem: GLMProblem, _ direction: Tensor<Double>) {
    let model = GeneralizedLinearModel(family: problem.family, link: problem.link, parameters: direction)
    let scores = model.scores(problem.features)
    byClass = [Double](repeating: .infinity, count: problem.scoreCount == 1 ? 2 : problem.scoreCount)
    for row in 0..<problem.rowCount where problem.rowWeights?[row] != 0 {
      if problem.family == .multinomial {
        let label = problem.labels[row]
        for other in 0..<problem.scoreCount where other != label {
          add(scores[row, label] - scores[row, other], classes: [label, other])
        }
      } else {
        add(Self.margin(problem, problem.targets[row], scores[row, 0]), classes: [0, 1])
      }
    }
  }

  private static func margin(_ problem: GLMProblem, _ target: Double, _ score: Double) -> Double {
    switch problem.family {
    case .binomial where target == 1: score
    case .binomial where target == 0, .poisson where target == 0: -score
    default: -abs(score)
    }
  }

  private mutating func add(_ margin: Double, classes: [Int]) {
    smallest = min(smallest, margin)
    largest = max(largest, margin)
    for index in classes { byClass[index] = min(byClass[index], margin) }
  }

  /// The classes that are told apart from all others; all classes when only some rows are.
  func classes(above limit: Double) -> [Int] {
    let apart = byClass.indices.filter { byClass[$0] > limit }
    return apart.isEmpty ? Array(byClass.indices) : apart
  }
}
