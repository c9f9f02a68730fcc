import ArgumentParser
import Datasets
import Experiments
import Formats
import Foundation
import LinearModels
import Tensors

/// `basislab fit`: one generalized linear model, or a classifier, on features of a data set.
struct FitCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Fit one generalized linear model to features of a data set, and report on it.",
    discussion: """
      Without a penalty the report has standard errors and confidence intervals, as far as the parameters are not too \
      many to be listed. A penalty needs its λ: given with --lambda, from a whole --path by BIC, or by --cross-validate (5 \
      folds when none of them is given; groups are kept together). Ridge tries λ from 100 to 1e-5. What data decide about \
      the features is fitted to the training images. Test images, where a file has them or --test-fraction holds them out, \
      decide nothing.

      The multinomial and the binomial family explain the classes, the gaussian and the poisson family numbers: those of y \
      where it has fractions, else the names of the classes, or those of --response.

      A fit that did not converge is reported and saved as such, and the command ends with exit code 1.
      """)

  @OptionGroup var data: DatasetParts

  @OptionGroup var selector: FeatureSelector

  @OptionGroup var options: FitOptions

  @Option(help: "The class that the binomial family counts as 1, against all others.")
  var success: String?

  @Option(
    help: ArgumentHelp(
      "A number for each image, in the order of the file, that is explained instead of the class.",
      valueName: "file.npy"))
  var response: String?

  @Option(help: ArgumentHelp("The model (.npz), or its coefficients as a table (.csv).", valueName: "file"))
  var output: String?

  @Option(
    help: ArgumentHelp(
      "A picture of what each score looks at, with that of the pixels' own model below.", valueName: "file.png|svg"))
  var templates: String?

  @Flag(help: "List the values of λ, or of the dimension, that were tried.")
  var steps = false

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    let requests = try Usage.check { try selector.requests }
    guard requests.count == 1 else {
      throw ValidationError(
        requests.isEmpty
          ? "expected --basis or --features, which say what the model sees"
          : "expected one basis or feature map, got \(requests.count)")
    }
    _ = try Usage.check { try output.map { try Ending(of: $0, among: [.npz, .csv], for: "--output") } }
    _ = try Usage.check { try templates.map { try Ending(of: $0, among: [.png, .svg], for: "--templates") } }
    if options.classifier != nil && (output ?? templates ?? success ?? response) != nil {
      throw ValidationError("--classifier does not go with --output, --templates, --success or --response")
    }
  }

  func execute() throws {
    let images = try data.load()
    let request = try selector.requests[0]
    if let classifier = options.classifier {
      try fit(classifier, request, images)
    } else {
      try fit(options.recipe(request), images)
    }
  }

  private func fit(_ classifier: ImageClassifier, _ request: FeatureRequest, _ images: FitImages) throws {
    let result = try ImageClassifierFit(
      classifier, request, standardizes: options.standardize, folds: options.crossValidate ?? 5,
      largestDimension: options.dimensions, images, random: data.random)
    if json {
      try Console.resultJSON(result)
    } else {
      try (result.lines + (steps ? [""] + result.stepLines : [])).forEach(Console.result)
    }
  }

  private func fit(_ recipe: GLMRecipe, _ images: FitImages) throws {
    let target = try FitTarget(images.dataset, family: options.family, success: success, numbers: numbers())
    let result = try ImageModelFit(recipe, images, target, random: data.random)
    if let output { try write(result, to: output) }
    if let templates { try draw(result, recipe, images, target, to: templates) }
    let report = FitReport(result, dataset: images.dataset.name)
    if json {
      try Console.resultJSON(report)
    } else {
      try (report.lines + (steps && report.path != nil ? [""] + report.pathLines : [])).forEach(Console.result)
    }
    if !result.fit.converged { throw ExitCode(Failure.failure) }
  }

  private func numbers() throws -> [Double]? {
    try response.map { path in
      let values: Tensor<Double> = try ArrayFile(path).tensor()
      guard values.rank == 1 else {
        throw InputError(path, "expected a number for each image, shape [N], found shape \(values.shape)")
      }
      return values.elements
    }
  }

  private func write(_ result: ImageModelFit, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    if try Ending(of: path, among: [.npz, .csv]) == .npz {
      try result.write(npz: url)
    } else {
      try result.coefficientTable.write(to: url)
    }
  }

  /// The templates of the model, and below them those of the same recipe on pixels.
  private func draw(
    _ result: ImageModelFit, _ recipe: GLMRecipe, _ images: FitImages, _ target: FitTarget, to path: String
  ) throws {
    var models = [try WeightTemplates(result.model, scores: target.scores)]
    if recipe.features.map != "pixels" {
      let pixels = try ImageModelFit(recipe.onPixels, images, target, random: data.random)
      models.append(try WeightTemplates(pixels.model, scores: target.scores))
      if !pixels.fit.converged { Console.note("the pixels' own model did not converge: its pictures are no optimum") }
    }
    try TemplateSheet(models, title: images.dataset.name).write(
      to: URL(fileURLWithPath: path))
  }
}
