import Datasets
import LinearModels
import Parallel
import Tensors

/// A generalized linear model fitted to images, with the report of the fit and its scores.
public struct ImageModelFit: Sendable {
  /// The model.
  public let model: ImageModel
  /// What it explains.
  public let target: FitTarget
  /// The report of the solver.
  public let fit: GLMFit
  /// The path that λ was chosen from, where it was.
  public let path: StrengthPath?
  /// Standard errors and tests, for a fit without a penalty that converged, of not too many parameters.
  public let inference: GLMInference?
  /// The score on the training images.
  public let train: FitScore
  /// The score on the test images, where some are held out.
  public let test: FitScore?

  /// The largest number of parameters for which standard errors are computed.
  private static let largestInference = 2000

  /// Fits a model.
  ///
  /// What data decide about features, and their scaling, is fitted to all training images before these are divided into
  /// the folds of a cross-validation. No test image decides anything.
  ///
  /// - Parameters:
  ///   - recipe: The model.
  ///   - images: The images to fit to and to test on.
  ///   - target: What is explained.
  ///   - random: Where all chance comes from.
  /// - Throws: `InputError` for what the model cannot do with these images.
  public init(_ recipe: GLMRecipe, _ images: FitImages, _ target: FitTarget, random: RandomStream) throws {
    let features = try images.features(recipe.features, random: random)
    try Self.checkMemory(features, rows: images.train.count)
    let (columns, rows) = try FeatureColumns.fitted(
      features, to: images.images(images.train), standardizes: recipe.standardizes)
    let problem = try GLMProblem(
      features: rows, response: target.response(images.train), family: target.family, link: recipe.link)
    let kind = try recipe.penalty.kind(for: columns.features)
    let (fit, path) = try Self.solve(problem, kind, recipe, images, random: random)
    self.fit = fit
    self.path = path
    self.target = target
    model = ImageModel(columns: columns, model: fit.model)
    let hasInference = fit.penalty.isNone && fit.converged && fit.model.parameterCount <= Self.largestInference
    inference =
      hasInference && (target.family != .gaussian || fit.residualDegreesOfFreedom > 0)
      ? try problem.inference(of: fit) : nil
    train = try model.score(images.train, of: images, target, random: random.split("train"))
    test =
      images.test.isEmpty ? nil : try model.score(images.test, of: images, target, random: random.split("test"))
  }

  private static func solve(
    _ problem: GLMProblem, _ kind: Penalty.Kind, _ recipe: GLMRecipe, _ images: FitImages, random: RandomStream
  ) throws -> (GLMFit, StrengthPath?) {
    switch recipe.strength {
    case .fixed(let strength):
      return (try problem.fit(penalty: Penalty(kind, strength: strength), options: recipe.options), nil)
    case .path:
      let fits = try problem.path(kind, strengths: recipe.strengths(problem, kind), options: recipe.options)
      let path = StrengthPath(fits)
      return (fits[path.chosen], path)
    case .crossValidation(let folds):
      let divided = try Folds(
        folds, labels: images.labels(images.train), groups: images.groups(images.train), from: random.split("folds"))
      let result = try problem.crossValidate(
        kind, strengths: recipe.strengths(problem, kind), folds: divided, loss: recipe.loss, options: recipe.options)
      let path = StrengthPath(result, loss: recipe.loss, folds: folds)
      return (result.fits[path.chosen], path)
    }
  }

  /// The design matrix is held as it is made, as it is scaled, and in parts by the folds and the solver.
  private static func checkMemory(_ features: ImageFeatures, rows: Int) throws {
    let bytes = Double(rows) * Double(features.dimension) * 8 * 4
    guard let available = AvailableMemory.byteCount, bytes > Double(available) else { return }
    throw InputError(
      "features '\(features.name)'",
      "a design matrix of \(rows)×\(features.dimension) cells needs \(ByteCount(Int(min(bytes, 1e18)))) to be fitted, "
        + "\(ByteCount(available)) are available",
      remedy: "Keep fewer features with --select, or fit to fewer images.")
  }
}
