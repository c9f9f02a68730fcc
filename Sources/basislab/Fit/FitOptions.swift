import ArgumentParser
import Experiments
import LinearModels
import Tensors

extension Family: ExpressibleByArgument {}
extension Link: ExpressibleByArgument {}
extension PenaltyForm: ExpressibleByArgument {}
extension ValidationLoss: ExpressibleByArgument {}
extension ImageClassifier: ExpressibleByArgument {}

/// The options that say which model is fitted and how.
struct FitOptions: ParsableArguments {
  @Option(
    help: "The distribution of the response (default: gaussian where y has fractions, otherwise multinomial).")
  var family: Family?

  @Option(help: "The link; the canonical one of the family when left out.")
  var link: Link?

  @Option(help: "What holds weights back.")
  var penalty: PenaltyForm?

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("The strength λ of the penalty on half the mean deviance.", valueName: "λ"))
  var lambda: Double?

  @Flag(help: "Fit a whole path of λ and take the model with the smallest BIC.")
  var path = false

  @Option(help: ArgumentHelp("Choose λ, or the dimension of affine-pca, by so many folds.", valueName: "folds"))
  var crossValidate: Int?

  @Option(help: "The values of λ on a path, or to choose among.")
  var strengths = 20

  @Option(help: "What cross-validation counts.")
  var loss = ValidationLoss.deviance

  @Option(help: "The mixture of the elastic net, from 0 (ridge) to 1 (l1).")
  var mixing = PenaltyChoice.usualMixing

  @Flag(help: "Shift and scale each feature to mean 0 and standard deviation 1 on the training images.")
  var standardize = false

  @Option(help: "The gradient norm at which the solver is done.")
  var tolerance = 1e-6

  @Option(help: "The iterations after which the solver gives up.")
  var iterations = 2000

  @Option(help: "Fit a classifier of the scattering literature instead of a generalized linear model.")
  var classifier: ImageClassifier?

  @Option(help: "The largest dimension that affine-pca tries.")
  var dimensions = 60

  func validate() throws {
    try Usage.require(strengths, in: 2...1000, "--strengths", "values")
    try Usage.require(iterations, in: 1...1_000_000, "--iterations", "iterations")
    try Usage.require(dimensions, in: 0...10_000, "--dimensions", "dimensions")
    if let crossValidate { try Usage.require(crossValidate, in: 2...1000, "--cross-validate", "folds") }
    guard tolerance > 0 else { throw ValidationError("--tolerance: expected a positive number, got \(tolerance)") }
    guard (0...1).contains(mixing) else { throw ValidationError("--mixing: expected 0…1, got \(mixing)") }
    if let link { try check(link) }
    if classifier == nil { _ = try strengthChoice } else { try validateClassifier() }
  }

  /// Checks the link of the family, or of either that data may choose.
  private func check(_ link: Link) throws {
    let families = family.map { [$0] } ?? [.multinomial, .gaussian]
    guard !families.contains(where: { $0.links.contains(link) }) else { return }
    let accepted = families.map { family in
      "the \(family.rawValue) family takes \(family.links.map(\.rawValue).joined(separator: ", "))"
    }
    throw ValidationError("--link: \(accepted.joined(separator: "; ")); got \(link.rawValue)")
  }

  private func validateClassifier() throws {
    if penalty != nil || lambda != nil || path || link != nil || (family ?? .multinomial) != .multinomial {
      throw ValidationError(
        "--classifier chooses its own penalty: leave out --family, --link, --penalty, --lambda, --path")
    }
  }

  /// How λ is found, and whether that goes with the penalty.
  var strengthChoice: StrengthChoice {
    get throws {
      let ways = [lambda != nil, path, crossValidate != nil].count { $0 }
      guard ways <= 1 else { throw ValidationError("--lambda, --path and --cross-validate exclude each other") }
      guard let penalty, penalty != .none else {
        if ways > 0 {
          throw ValidationError("say with --penalty what λ belongs to: ridge, l1, elastic-net or group-l1")
        }
        return .fixed(0)
      }
      if let lambda {
        guard lambda >= 0 && lambda.isFinite else {
          throw ValidationError("--lambda: expected a number of at least 0, got \(lambda)")
        }
        return .fixed(lambda)
      }
      return path ? .path : .crossValidation(folds: crossValidate ?? 5)
    }
  }

  /// The model on some features.
  func recipe(_ features: FeatureRequest) throws -> GLMRecipe {
    var recipe = GLMRecipe(features: features)
    recipe.link = link
    recipe.penalty = PenaltyChoice(penalty ?? .none, mixing: mixing)
    recipe.strength = try strengthChoice
    recipe.strengthCount = strengths
    recipe.loss = loss
    recipe.standardizes = standardize
    recipe.options = SolverOptions(tolerance: tolerance, maximumIterations: iterations)
    return recipe
  }
}
