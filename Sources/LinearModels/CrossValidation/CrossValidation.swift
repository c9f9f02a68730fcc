/// What a model is judged by on rows that it was not fitted to.
public enum ValidationLoss: String, Sendable, CaseIterable {
  /// The mean unit deviance: twice the log loss for classes, the mean squared error for the Gaussian family.
  case deviance
  /// The fraction of rows whose most probable class is not theirs.
  case error
}

/// A regularisation path judged on held-out folds.
public struct CrossValidation: Sendable, Equatable {
  /// The penalty.
  public let kind: Penalty.Kind
  /// λ, descending.
  public let strengths: [Double]
  /// The loss on held-out rows for each λ: the mean over folds, each counted by its weight.
  public let means: [Double]
  /// The standard error of each mean, from its spread over folds.
  public let standardErrors: [Double]
  /// The fits to all rows, one for each λ.
  public let fits: [GLMFit]
  /// The folds whose fit for some λ did not converge.
  public let unconvergedFolds: [Int]

  /// The place of the smallest mean loss, the largest λ of equals.
  public var minimum: Int { means.indices.min { means[$0] < means[$1] }! }

  /// The place of the largest λ whose mean loss is within one standard error of the smallest.
  ///
  /// Source: L. Breiman et al., *Classification and Regression Trees* (1984), section 3.4.3.
  public var oneStandardError: Int {
    means.firstIndex { $0 <= means[minimum] + standardErrors[minimum] }!
  }
}
