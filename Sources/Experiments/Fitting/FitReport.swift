import LinearModels
import Statistics

/// What a fit of a generalized linear model found, as a document and as lines.
public struct FitReport: Encodable, Sendable {
  /// A parameter with its standard error and its test.
  public struct Coefficient: Encodable, Sendable {
    /// The class, against the first one; the only score for other families than the multinomial.
    public let score: String
    /// The name of the feature, or `intercept`.
    public let feature: String
    /// The weight.
    public let estimate: Double
    /// Its standard error.
    public let standardError: Double
    /// The estimate over its standard error.
    public let statistic: Double
    /// The probability of a statistic at least as far from 0.
    public let pValue: Double
    /// The 95 % confidence interval.
    public let interval: [Double]
  }

  /// The name of the data set.
  public let dataset: String
  /// The name of the features.
  public let features: String
  /// The number of features.
  public let dimension: Int
  /// Whether they were standardised.
  public let isStandardized: Bool
  /// The family.
  public let family: String
  /// The link.
  public let link: String
  /// The penalty with its λ.
  public let penalty: String
  /// λ.
  public let strength: Double
  /// How λ was chosen, where it was.
  public let path: StrengthPath?
  /// Whether the solver reached an optimum; when not, nothing here is one.
  public let converged: Bool
  /// The algorithm.
  public let solver: String
  /// The iterations it took.
  public let iterations: Int
  /// The norm of the gradient at the end.
  public let gradientNorm: Double
  /// The deviance.
  public let deviance: Double
  /// The deviance of the model of the intercepts.
  public let nullDeviance: Double
  /// The log likelihood.
  public let logLikelihood: Double
  /// The effective number of parameters.
  public let degreesOfFreedom: Double
  /// Observations less parameters.
  public let residualDegreesOfFreedom: Double
  /// Akaike's criterion.
  public let aic: Double
  /// Schwarz's criterion.
  public let bic: Double
  /// The estimated variance of the Gaussian family, 1 for the others.
  public let dispersion: Double
  /// The score on the training images.
  public let train: FitScore
  /// The score on the test images.
  public let test: FitScore?
  /// The parameters with standard errors, where these exist and are not too many.
  public let coefficients: [Coefficient]
  /// What the reader must know, each with its remedy.
  public let diagnostics: [String]

  /// The largest number of parameters that are listed.
  private static let largestTable = 200

  /// Draws up the report.
  ///
  /// - Parameters:
  ///   - result: The fit.
  ///   - dataset: The name of the data set.
  public init(_ result: ImageModelFit, dataset: String) {
    let (fit, features) = (result.fit, result.model.columns.features)
    let names = features.names
    self.dataset = dataset
    self.features = features.name
    dimension = features.dimension
    isStandardized = result.model.columns.standardizer != nil
    (family, link) = (fit.model.family.rawValue, fit.model.link.rawValue)
    (penalty, strength, path) = (Self.name(fit.penalty), fit.penalty.strength, result.path)
    (converged, solver, iterations) = (fit.converged, fit.solver.rawValue, fit.iterations)
    (gradientNorm, deviance, nullDeviance) = (fit.gradientNorm, fit.deviance, fit.nullDeviance)
    (logLikelihood, aic, bic, dispersion) = (fit.logLikelihood, fit.aic, fit.bic, fit.dispersion)
    (degreesOfFreedom, residualDegreesOfFreedom) = (fit.degreesOfFreedom, fit.residualDegreesOfFreedom)
    (train, test) = (result.train, result.test)
    let inference = result.inference.flatMap { $0.parameters.count <= Self.largestTable ? $0 : nil }
    coefficients = inference.map { Self.coefficients($0, names, result.target.scores) } ?? []
    diagnostics =
      fit.diagnostics.map { $0.text(column: { "'\(names[$0])'" }, class: { "'\(result.target.classes[$0])'" }) }
      + (result.path.map(Self.remarks) ?? [])
  }

  private static func name(_ penalty: Penalty) -> String {
    if penalty.isNone { return "none" }
    let form =
      switch penalty.kind {
      case .ridge: "ridge"
      case .lasso: "l1"
      case .elasticNet(let mixing): "elastic net, mixing \(number(mixing))"
      case .groupLasso(let groups): "group l1, \(groups.count) groups"
      }
    return "\(form), λ = \(number(penalty.strength))"
  }

  private static func coefficients(
    _ inference: GLMInference, _ names: [String], _ scores: [String]
  ) -> [Coefficient] {
    let isMultinomial = scores.count > 1
    let inference = isMultinomial ? inference.relative(to: 0) : inference
    let columns = [names.count] + Array(0..<names.count)
    let (errors, statistics, pValues) = (inference.standardErrors, inference.statistics, inference.pValues)
    let intervals = inference.intervals()
    return ((isMultinomial ? 1 : 0)..<scores.count).flatMap { score in
      columns.map { column in
        let interval = intervals[score * (names.count + 1) + column]
        return Coefficient(
          score: scores[score], feature: column == names.count ? "intercept" : names[column],
          estimate: inference.parameters[score, column], standardError: errors[score, column],
          statistic: statistics[score, column], pValue: pValues[score, column],
          interval: [interval.lower, interval.upper])
      }
    }
  }

  private static func remarks(_ path: StrengthPath) -> [String] {
    let unconverged = path.steps.count { !$0.converged }
    return
      (path.isAtAnEnd ? ["λ was chosen at an end of the range that was searched; a better one may lie outside."] : [])
      + (unconverged > 0 ? ["\(unconverged) of \(path.steps.count) fits of the path did not converge."] : [])
  }
}
