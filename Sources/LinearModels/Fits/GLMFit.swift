import Tensors

/// A fitted generalized linear model with the report of its solver and what the fit says about the data.
public struct GLMFit: Sendable, Equatable {
  /// The model.
  public let model: GeneralizedLinearModel
  /// The penalty it was fitted with.
  public let penalty: Penalty
  /// The algorithm that was used; never ``Solver/automatic``.
  public let solver: Solver
  /// J at the model: half the mean deviance plus the penalty.
  public let objective: Double
  /// ‖∇J‖₂ at the model over all weights and intercepts; with L1 terms the norm of the smallest subgradient, which
  /// measures the violation of the Karush–Kuhn–Tucker conditions.
  public let gradientNorm: Double
  /// The number of iterations taken.
  public let iterations: Int
  /// Whether the gradient norm reached the tolerance at an optimum that exists; when not, the model is the best point
  /// found and not the optimum, and ``diagnostics`` say why where that is known.
  public let converged: Bool
  /// Σ wᵢ·d(yᵢ, μᵢ): twice the log likelihood ratio to the saturated model, or the residual sum of squares (Gaussian).
  public let deviance: Double
  /// The deviance of the model that has only intercepts and the offset.
  public let nullDeviance: Double
  /// The log likelihood.
  ///
  /// That of the Gaussian family is at its largest over σ²; constants that depend on binomial weights alone are left
  /// out.
  public let logLikelihood: Double
  /// n, the number of observations (the sum of frequency weights).
  public let observationCount: Double
  /// The effective number of parameters, intercepts included, as ``GLMProblem/effectiveParameters(of:penalty:)`` has
  /// it.
  ///
  /// The rank without a penalty, and the number of non-zero weights plus intercepts with the lasso.
  public let degreesOfFreedom: Double
  /// What was found wrong with the data or the fit.
  public let diagnostics: [GLMDiagnostic]

  /// n less the effective number of parameters.
  public var residualDegreesOfFreedom: Double { observationCount - degreesOfFreedom }

  /// Akaike's criterion, −2·log likelihood + 2·df; σ² of the Gaussian family is not counted, as in statsmodels (R
  /// counts it).
  public var aic: Double { -2 * logLikelihood + 2 * degreesOfFreedom }

  /// Schwarz's criterion, −2·log likelihood + log n·df.
  public var bic: Double { -2 * logLikelihood + Double.log(observationCount) * degreesOfFreedom }

  /// The fraction of the null deviance that is explained, 1 − deviance/null deviance.
  public var explainedDeviance: Double { nullDeviance > 0 ? 1 - deviance / nullDeviance : 0 }

  /// φ, the variance of the Gaussian family: deviance over residual degrees of freedom; 1 for the other families.
  public var dispersion: Double { model.family == .gaussian ? deviance / residualDegreesOfFreedom : 1 }

  /// The number of columns that have a weight other than 0.
  public var activeColumns: [Int] { model.activeColumns }
}
