import ArgumentParser
import Datasets
import Experiments
import Foundation
import Tensors
import Yams

/// `basislab compare`: fixed-basis models against learned filters on the same images.
struct Compare: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Compare fixed-basis models with learned filters on the same images.",
    discussion: """
      Without arguments it makes four families of 16×16 images, each of which tests a hypothesis, and compares ten models
      on them. Each model fits the same number of settings to the training images; the one with the best score on the
      validation images is evaluated on the test images, once. Every run leaves a folder with its configuration, results,
      predictions and pictures, and its place in the store of runs, which 'basislab runs' reads. A run that was ended in
      any way goes on with --resume RUN, and comes to the same result.

      Models: \(ContenderCatalog.names.joined(separator: ", ")).
      A basis may say how many atoms it keeps: fourier:32 (64 when it does not). Options of a feature map follow after \
      colons: log-scattering:J=3. NAME@CRITERION:M keeps the M features that a criterion \
      (\(SelectionCatalog.names.joined(separator: ", "))) ranks first on the training images: haar@f-statistic:32. FEATURES+PENALTY has another penalty than ridge: l1, \
      elastic-net[:MIXING] (\(PenaltyChoice.usualMixing) when it does not say, 1 is l1) or group-l1 over the bands of a basis. These \
      make weights 0, so a basis keeps all atoms where it does not say how many: haar+l1, fourier:128+group-l1. +LINK has \
      another link: logit, probit or cloglog for the second of two classes, log for numbers. A network may \
      say how wide its hidden layers are: cnn:12x20. FILE.yaml is a network as 'train' takes it, and is called by the file's \
      name. frozen:NETWORK keeps the filters of a network as they were drawn, and \
      frozen:NETWORK:BASIS holds them at the atoms of a basis. shuffled:MODEL learns labels that were dealt anew, of which \
      nothing can be learned. Controls run always: the class frequencies, the pixels, as many random atoms as each basis \
      has (under its penalty), each network behind random filters, and dealt labels.

      Classes are ranked by accuracy. Where y holds numbers, models are linear regressions and networks with one output, ranked \
      by root mean squared error; counts (--family poisson) are ranked by Poisson deviance.

      With --match and --budget, bases and networks whose names give no size get the one that comes nearest to the budget.
      """)

  /// The folder of runs where no other is named.
  static let defaultOutput = "runs"

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Built-in families or NPZ files with X and y, or X_train, y_train, X_test and y_test.", valueName: "name|file.npz"
    ))
  var dataset = [CommaList(ComparisonConfiguration().dataset)]

  @Option(parsing: .upToNextOption, help: ArgumentHelp("The models to compare.", valueName: "model"))
  var models = [CommaList(ComparisonConfiguration.defaultModels)]

  @Option(
    help: ArgumentHelp(
      "What models explain: classes (multinomial), numbers (gaussian) or counts (poisson) in y (default: numbers where one of "
        + "them has a fraction, otherwise classes).", valueName: "family"))
  var family: ModelFamily?

  @Option(
    help: ArgumentHelp(
      "What models are made equal in (none, parameters, links or operations), within 2 % of the budget.",
      valueName: "currency"))
  var match = MatchedCurrency.none

  @Option(help: ArgumentHelp("The size that models are matched to.", valueName: "size"))
  var budget: Int?

  @Flag(help: "Leave out the controls that --models does not name.")
  var noControls = false

  @Option(help: "Repeats: random splits, or new draws of the training part where the file has an official test part.")
  var splits = ComparisonConfiguration().splits

  @Option(
    help: ArgumentHelp(
      "Divide the images into so many folds in each repeat, and test on each once, instead of random splits.",
      valueName: "k"))
  var folds: Int?

  @Option(help: "Settings that each model tries: values of λ of its penalty, or numbers of epochs.")
  var trials = ComparisonConfiguration().trials

  @Option(help: "The largest number of training epochs of a network.")
  var epochs = ComparisonConfiguration().epochs

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Training-set sizes to compare at: counts, or fractions below 1.", valueName: "size"))
  var trainSizes: [CommaList<Double>] = []

  @Option(
    help: ArgumentHelp(
      "The share of the images that each repeat tests on, where there is no official test part (default: 0.2).",
      valueName: "share"))
  var testFraction: Double?

  @Flag(help: "Fit the chosen setting again, to training and validation images together, before it is tested.")
  var refit = false

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp(
      "Test on perturbed images too: \(Perturbation.Kind.allCases.map(\.rawValue).joined(separator: ", ")); with its usual "
        + "strengths, or with those that follow.", valueName: "kind[:strength,…]"))
  var perturb: [String] = []

  @Option(
    help: ArgumentHelp(
      "The key of the NPZ file whose equal values are never divided between training and test.",
      valueName: "key[:column]"))
  var groups: String?

  @Option(help: "Images of each built-in family.")
  var count = ComparisonConfiguration().count

  @Option(help: "The seed that decides everything random.")
  var seed = ComparisonConfiguration().seed

  @Option(help: "The folder of runs, which gets a new folder for this run.")
  var output = Compare.defaultOutput

  @Option(help: "What this run is called; a name made of the time when left out.")
  var name: String?

  @Option(
    help: ArgumentHelp("Go on with a run that was ended, with the options that it was begun with.", valueName: "run"))
  var resume: String?

  @Flag(help: "One JSON document on standard output instead of the tables.")
  var json = false

  @Flag(help: "Print the resolved configuration as YAML and stop.")
  var printConfig = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.check {
      try comparisonConfiguration.validate()
      try comparisonConfiguration.models.forEach(ContenderCatalog.checkName)
      _ = try comparisonConfiguration.dataset.map(DatasetReference.init(parsing:))
      _ = try groups.map(GroupSelection.init(parsing:))
      try name.map(Run.checkName)
    }
    if name != nil && resume != nil { throw ValidationError("--name: a run that is resumed has its name already") }
  }

  private var comparisonConfiguration: ComparisonConfiguration {
    ComparisonConfiguration(
      dataset: dataset.values(), models: models.values(), family: family, match: match.currency, budget: budget,
      noControls: noControls, splits: splits, folds: folds, trials: trials, epochs: epochs,
      trainSizes: trainSizes.values(), testFraction: testFraction, refit: refit, perturb: perturb, groups: groups,
      count: count,
      seed: seed)
  }

  func execute() throws {
    let configuration = comparisonConfiguration
    if printConfig {
      try Console.result(YAMLEncoder().encode(configuration).trimmingCharacters(in: .newlines))
      return
    }
    Interrupt.beginListening()
    let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
    let run = try recorder(comparison)
    let progress = CompareProgress(comparison, from: run.checkpoint, isQuiet: common.quiet, printsTables: !json)
    let result: ComparisonOutcome
    do {
      defer { progress.finish() }
      try progress.showFinishedTables()
      result = try comparison.run(
        from: run.checkpoint, observer: ObserverPair(run, progress), isCancelled: { Interrupt.isRequested })
      try run.finish(result)
    } catch {
      run.salvage(after: error)
      if !common.quiet { Console.note("What was finished is in \(run.folder.url.relativePath)") }
      throw error
    }
    if json {
      try Console.resultJSON(result)
    } else if !result.crossovers.isEmpty {
      try Console.result("\n" + ComparisonTable.curves(result).joined(separator: "\n"))
    }
    if !common.quiet { Console.note("Results, predictions and pictures: \(run.folder.url.relativePath)") }
    if result.isInterrupted {
      Console.note("Interrupted: what was finished is kept. To go on: basislab compare --resume \(run.name)\(place)")
      throw ExitCode(Interrupt.exitCode)
    }
  }

  private func recorder(_ comparison: Comparison) throws -> RunRecorder {
    let runs = URL(fileURLWithPath: output)
    guard let resume else { return try RunRecorder.begin(comparison, name: name, in: runs) }
    return try RunRecorder.resume(resume, comparison, in: runs)
  }

  private var place: String { output == Compare.defaultOutput ? "" : " --output \(output)" }
}

extension ModelFamily: ExpressibleByArgument {}

/// The words of `--match`.
enum MatchedCurrency: String, ExpressibleByArgument, CaseIterable {
  case none, parameters, links, operations

  /// What models are made equal in, if they are.
  var currency: Currency? { Currency(rawValue: rawValue) }
}
