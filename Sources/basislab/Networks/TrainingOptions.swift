import ArgumentParser
import Experiments
import NeuralNetworks
import Tensors

/// The options of how a network is trained.
struct TrainingOptions: ParsableArguments {
  typealias Kind = TrainingConfiguration.OptimizerKind
  typealias Loss = TrainingConfiguration.LossKind

  private static let standard = TrainingConfiguration()

  @Option(help: "The number of epochs.")
  var epochs = standard.epochs

  @Option(help: "The images of a batch.")
  var batchSize = standard.batchSize

  @Option(help: "The optimizer.")
  var optimizer = standard.optimizer

  @Option(help: "The step size (default: 0.001; sgd 0.1, momentum and nesterov 0.01).")
  var learningRate: Double?

  @Option(help: "The momentum of the optimizers momentum and nesterov (default: 0.9).")
  var momentum: Double?

  @Option(help: "The weight decay (default: 0; adamw 0.01).")
  var weightDecay: Double?

  @Option(
    help: ArgumentHelp(
      "How the step size follows the epochs: constant, step:EVERY,FACTOR, cosine:WARMUP, plateau:PATIENCE,FACTOR.",
      valueName: "schedule"))
  var schedule = "constant"

  @Option(
    help: ArgumentHelp(
      "The loss (default: for classes what the network was made for, cross-entropy or, after tanh, squared; for numbers "
        + "squared). Whole numbers y are classes unless it is poisson, which is for counts."))
  var loss: Loss?

  @Option(help: "The share of a target that is spread over all classes, for cross-entropy.")
  var labelSmoothing = standard.labelSmoothing

  @Option(
    help: ArgumentHelp(
      "How much each class counts, for cross-entropy: balanced, or a number per class (default: all the same).",
      valueName: "balanced|w,w,…"))
  var classWeights: String?

  @Option(help: ArgumentHelp("The weight of the penalty ½·λ·‖p‖², which is added to the loss.", valueName: "lambda"))
  var penalty = standard.penalty

  @Option(help: ArgumentHelp("The largest norm of a gradient (default: no limit).", valueName: "norm"))
  var clip: Double?

  @Option(
    help: ArgumentHelp(
      "Stop after more than so many epochs without a smaller validation loss, and keep the best weights.",
      valueName: "epochs"))
  var earlyStopping: Int?

  @Option(help: "The share of the training images to watch by, drawn by class, or by whole groups where there are any.")
  var validation = standard.validation

  @Flag(inversion: .prefixedNo, help: "Draw the order of the images anew for each epoch.")
  var shuffle = standard.shuffles

  @Flag(
    name: [.customLong("normalise"), .customLong("normalize")],
    help: "Shift and scale pixels by the mean and deviation of the training pixels; the weights' file remembers them.")
  var normalises = false

  @Flag(help: "Shift and scale pixels so that those of training reach from -1 to 1; the weights' file remembers how.")
  var signed = false

  @Option(help: "The number of classes (default: those of --weights, or of the labels).")
  var classes: Int?

  /// What the options say, checked.
  ///
  /// - Parameters:
  ///   - seed: Decides everything random.
  ///   - standardLoss: The loss where nobody says one.
  /// - Returns: The configuration.
  /// - Throws: `InputError` naming an option that makes no sense.
  func configuration(seed: UInt64, standardLoss: Loss) throws -> TrainingConfiguration {
    if let classes, !(2...1_000_000).contains(classes) {
      throw InputError("--classes", "expected at least 2 classes, got \(classes)")
    }
    var result = TrainingConfiguration()
    result.epochs = epochs
    result.batchSize = batchSize
    result.optimizer = optimizer
    result.learningRate = learningRate ?? optimizer.standardLearningRate
    guard momentum == nil || [.momentum, .nesterov].contains(optimizer) else {
      throw InputError("--momentum", "expected the optimizer momentum or nesterov, got \(optimizer.rawValue)")
    }
    result.momentum = momentum ?? result.momentum
    result.weightDecay = weightDecay ?? optimizer.standardWeightDecay
    result.schedule = try RateSchedule(parsing: schedule)
    result.loss = loss ?? standardLoss
    result.labelSmoothing = labelSmoothing
    result.classWeights = try classWeights.map(ClassWeighting.init(parsing:))
    result.penalty = penalty
    result.clip = clip
    result.earlyStopping = earlyStopping
    result.validation = validation
    result.shuffles = shuffle
    guard !normalises || !signed else {
      throw InputError("--signed", "expected at most one of --normalise and --signed")
    }
    result.pixels = normalises ? .normalised : signed ? .signed : .none
    result.seed = seed
    try result.validate()
    return result
  }
}

extension TrainingConfiguration.OptimizerKind: ExpressibleByArgument {}
extension TrainingConfiguration.LossKind: ExpressibleByArgument {}
