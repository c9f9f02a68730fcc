import LinearModels

/// How λ is found.
public enum StrengthChoice: Sendable, Equatable {
  /// It is given.
  case fixed(Double)
  /// A whole path is fitted, and the model with the smallest BIC is taken.
  case path
  /// By so many folds of the training images, groups kept together: the λ of the smallest mean loss.
  case crossValidation(folds: Int)
}

/// A generalized linear model on features of images, before it has seen any.
public struct GLMRecipe: Sendable {
  /// The features.
  public var features: FeatureRequest
  /// The link; the canonical one of the family when `nil`.
  public var link: Link?
  /// What holds weights back.
  public var penalty = PenaltyChoice.none
  /// How λ is found.
  public var strength = StrengthChoice.fixed(0)
  /// The values of λ on a path, or to choose among.
  public var strengthCount = 20
  /// What cross-validation counts.
  public var loss = ValidationLoss.deviance
  /// Whether each column is shifted and scaled to mean 0 and standard deviation 1 on the training images.
  public var standardizes = false
  /// When the solver stops.
  public var options = SolverOptions()

  /// A recipe without a penalty.
  ///
  /// - Parameter features: The features.
  public init(features: FeatureRequest) { self.features = features }

  /// The same recipe on pixels, which have no bands.
  public var onPixels: GLMRecipe {
    get throws {
      var recipe = self
      recipe.features = try FeatureRequest(map: "pixels")
      recipe.penalty = penalty.ofSingleColumns
      return recipe
    }
  }

  /// The values of λ that are tried, descending.
  ///
  /// Ridge: from 100 to 10⁻⁵, as a comparison tries them. Else from the smallest λ at which all weights are 0 down to a ten
  /// thousandth of it, or a hundredth where there are no more rows than columns.
  func strengths(_ problem: GLMProblem, _ kind: Penalty.Kind) throws -> [Double] {
    kind == .ridge ? TrialPath.ridges(strengthCount) : try problem.strengths(kind, count: strengthCount)
  }
}
