import Datasets

/// Everything that decides the result of a comparison.
///
/// Two runs of one version with equal configurations and equal data give equal bits, whatever the number of threads.
public struct ComparisonConfiguration: Codable, Sendable, Equatable {
  /// The data sets: names of built-in families or paths of NPZ files.
  public var dataset: [String]
  /// The models by name; networks that are described in YAML by the paths of their files.
  public var models: [String]
  /// What those files say, once they have been read; `nil` where there are none.
  public var networks: [NetworkDescription]?
  /// What models explain: classes, numbers or counts; numbers where the data have fractions, otherwise classes, when `nil`.
  public var family: ModelFamily?
  /// What models are made equal in; their sizes are those of their names when `nil`.
  public var match: Currency?
  /// The size that they are made to come near to, in that currency.
  public var budget: Int?
  /// Whether only the models that are named take part, without controls that nobody asked for.
  public var noControls: Bool
  /// The number of repeats: random splits, or divisions into folds.
  public var splits: Int
  /// The number of folds of each repeat, every one of which is the test part once; random splits when `nil`.
  public var folds: Int?
  /// The number of settings that each model tries on the validation images.
  public var trials: Int
  /// The largest number of training epochs of a network.
  public var epochs: Int
  /// Training-set sizes to compare at: counts, or fractions of the training part; all of it when empty.
  public var trainSizes: [Double]
  /// The share of the images that each repeat tests on, where there is no official test part; a fifth when `nil`.
  public var testFraction: Double?
  /// Whether the chosen setting is fitted again, to training and validation images together, before it is tested.
  public var refit: Bool
  /// What is done to the test images to see how accuracies change, as ``Perturbation/parse(_:)`` reads it.
  public var perturb: [String]
  /// The key (and column) of the NPZ file that holds the groups.
  public var groups: String?
  /// The number of images of each built-in family.
  public var count: Int
  /// The seed that decides everything random.
  public var seed: UInt64

  enum CodingKeys: String, CodingKey {
    case dataset, models, networks, family, match, budget, splits, folds, trials, epochs, refit, perturb, groups, count,
      seed
    case noControls = "no-controls"
    case trainSizes = "train-sizes"
    case testFraction = "test-fraction"
  }

  /// The models that are compared when the user names none.
  public static let defaultModels = [
    "majority", "pixels", "fourier", "haar", "polynomial", "random", "log-fourier", "log-scattering:J=3", "mlp", "cnn",
  ]

  /// The main job: all built-in families, all default models.
  public init(
    dataset: [String] = ["gratings", "mosaics", "ramps", "motifs"], models: [String] = defaultModels,
    networks: [NetworkDescription]? = nil, family: ModelFamily? = nil, match: Currency? = nil, budget: Int? = nil,
    noControls: Bool = false,
    splits: Int = 5,
    folds: Int? = nil, trials: Int = 8, epochs: Int = 64, trainSizes: [Double] = [], testFraction: Double? = nil,
    refit: Bool = false,
    perturb: [String] = [], groups: String? = nil, count: Int = SyntheticFamilies.defaultCount, seed: UInt64 = 1
  ) {
    self.dataset = dataset
    self.models = models
    self.networks = networks
    self.family = family
    self.match = match
    self.budget = budget
    self.noControls = noControls
    self.splits = splits
    self.folds = folds
    self.trials = trials
    self.epochs = epochs
    self.trainSizes = trainSizes
    self.testFraction = testFraction
    self.refit = refit
    self.perturb = perturb
    self.groups = groups
    self.count = count
    self.seed = seed
  }

  /// The options alone, which say of networks in files where these are.
  var options: ComparisonConfiguration {
    var options = self
    options.networks = nil
    return options
  }

  /// What is done to the test images, one by one.
  func perturbations() throws -> [Perturbation] { try perturb.flatMap(Perturbation.parse) }

  /// What models are matched to; `nil` where they are not.
  var budgetToMatch: Budget? {
    match.flatMap { currency in budget.map { Budget(currency: currency, amount: $0) } }
  }
}
