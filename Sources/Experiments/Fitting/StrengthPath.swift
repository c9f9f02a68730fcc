import LinearModels

/// The values of λ that a model was fitted with, and how one was chosen.
public struct StrengthPath: Codable, Sendable {
  /// One value of λ.
  public struct Step: Codable, Sendable {
    /// λ.
    public let strength: Double
    /// The effective number of parameters of the fit to all training images.
    public let degreesOfFreedom: Double
    /// Its deviance.
    public let deviance: Double
    /// Its Bayesian information criterion.
    public let bic: Double
    /// The number of columns with a weight other than 0.
    public let activeColumns: Int
    /// Whether it converged.
    public let converged: Bool
    /// The mean loss on held-out folds, where there are folds.
    public let loss: Double?
    /// The standard error of the mean loss.
    public let standardError: Double?
  }

  /// The steps, from the strongest penalty to the weakest.
  public let steps: [Step]
  /// The place of the model that was taken.
  public let chosen: Int
  /// What chose it, in words.
  public let rule: String

  /// A path of which the model with the smallest BIC is taken.
  init(_ fits: [GLMFit]) {
    steps = fits.map { Step($0, loss: nil, error: nil) }
    chosen = fits.indices.min { fits[$0].bic < fits[$1].bic } ?? 0
    rule = "the smallest BIC"
  }

  /// A path that held-out folds have judged, of which the model with the smallest mean loss is taken.
  init(_ result: CrossValidation, loss: ValidationLoss, folds: Int) {
    steps = result.fits.indices.map { Step(result.fits[$0], loss: result.means[$0], error: result.standardErrors[$0]) }
    chosen = result.minimum
    rule = "the smallest mean \(loss.rawValue) on \(folds) held-out folds"
  }

  /// Whether an end of the range was chosen, so that a better λ may lie outside.
  public var isAtAnEnd: Bool { steps.count > 1 && (chosen == 0 || chosen == steps.count - 1) }
}

extension StrengthPath.Step {
  fileprivate init(_ fit: GLMFit, loss: Double?, error: Double?) {
    self.init(
      strength: fit.penalty.strength, degreesOfFreedom: fit.degreesOfFreedom, deviance: fit.deviance, bic: fit.bic,
      activeColumns: fit.activeColumns.count, converged: fit.converged, loss: loss, standardError: error)
  }
}
