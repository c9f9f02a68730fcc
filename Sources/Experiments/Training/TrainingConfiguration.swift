import Foundation
import NeuralNetworks
import Tensors

/// How a network is trained: everything that decides the weights besides data, network and first weights.
public struct TrainingConfiguration: Codable, Equatable, Sendable {
  /// The optimizers that have a name.
  public enum OptimizerKind: String, CaseIterable, Codable, Sendable {
    /// Plain stochastic gradient descent.
    case sgd
    /// SGD with momentum.
    case momentum
    /// SGD with Nesterov's momentum.
    case nesterov
    /// Adam, weight decay as a penalty.
    case adam
    /// Adam with decoupled weight decay.
    case adamw
    /// RMSProp.
    case rmsprop

    /// The learning rate where nobody says one.
    public var standardLearningRate: Double {
      switch self {
      case .sgd: 0.1
      case .momentum, .nesterov: 0.01
      case .adam, .adamw, .rmsprop: 1e-3
      }
    }

    /// The weight decay where nobody says one: 0, and PyTorch's for AdamW.
    public var standardWeightDecay: Double { self == .adamw ? 0.01 : 0 }
  }

  /// The losses that have a name.
  public enum LossKind: String, CaseIterable, Codable, Sendable {
    /// Softmax cross-entropy.
    case crossEntropy = "cross-entropy"
    /// Binary cross-entropy of each output.
    case binaryCrossEntropy = "binary-cross-entropy"
    /// Mean squared error.
    case squared
    /// Mean absolute error.
    case absolute
    /// Huber's loss.
    case huber
    /// Soft Dice.
    case dice
    /// The negative log likelihood of counts, whose logarithmic rates are the outputs.
    case poisson
  }

  /// The number of epochs.
  public var epochs = 15
  /// The images of a batch.
  public var batchSize = 128
  /// How parameters follow their gradient.
  public var optimizer = OptimizerKind.adam
  /// The step size before the schedule.
  public var learningRate = OptimizerKind.adam.standardLearningRate
  /// The momentum of `momentum` and `nesterov`.
  public var momentum = 0.9
  /// The weight decay.
  public var weightDecay = 0.0
  /// How the learning rate follows the epochs.
  public var schedule = RateSchedule.constant
  /// What is made small.
  public var loss = LossKind.crossEntropy
  /// The share of a target that is spread over all classes, for the cross-entropy.
  public var labelSmoothing = 0.0
  /// How much each class counts, for the cross-entropy.
  public var classWeights: ClassWeighting?
  /// λ of the penalty ½·λ·‖p‖² on all trained parameters, which is added to the loss.
  public var penalty = 0.0
  /// The largest norm of a gradient.
  public var clip: Double?
  /// The epochs without a smaller validation loss that are tolerated before training stops; the best weights are kept.
  public var earlyStopping: Int?
  /// The share of the training images that is set aside for validation.
  public var validation = 0.2
  /// Whether the order of the images is drawn anew for each epoch.
  public var shuffles = true
  /// What becomes of pixels.
  public var pixels = PixelScaling.none
  /// Decides everything random.
  public var seed: UInt64 = 1

  /// Creates the default configuration.
  public init() {}

  /// The optimizer, with the step size before the schedule.
  var madeOptimizer: any Optimizer {
    switch optimizer {
    case .sgd: SGD(learningRate: learningRate, weightDecay: weightDecay)
    case .momentum: SGD(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
    case .nesterov: SGD(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay, isNesterov: true)
    case .adam: Adam(learningRate: learningRate, weightDecay: weightDecay)
    case .adamw: Adam(learningRate: learningRate, weightDecay: weightDecay, decay: .decoupled)
    case .rmsprop: RMSProp(learningRate: learningRate, weightDecay: weightDecay)
    }
  }

  /// The loss; a network that ends with a hyperbolic tangent is held to 1 and −1 instead of 1 and 0.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - labels: The classes of the training images.
  /// - Returns: The loss.
  /// - Throws: `InputError` where the class weights do not suit the classes.
  func makeLoss(for network: Network, labels: [Int]) throws -> any Loss {
    let targets = network.nodes.last?.layer is Tanh ? ClassTargets(on: 1, off: -1) : ClassTargets()
    return switch loss {
    case .crossEntropy:
      try SoftmaxCrossEntropy(
        labelSmoothing: labelSmoothing,
        classWeights: classWeights?.weights(labels: labels, classCount: network.outputShape[0]))
    case .binaryCrossEntropy: BinaryCrossEntropy()
    case .squared: MeanSquaredError(classTargets: targets)
    case .absolute: MeanAbsoluteError(classTargets: targets)
    case .huber: HuberLoss(classTargets: targets)
    case .dice: DiceLoss()
    case .poisson: PoissonLoss()
    }
  }
}

extension TrainingConfiguration {
  /// Refuses numbers that make no sense.
  ///
  /// - Throws: `InputError` naming the option.
  public func validate() throws {
    func require(_ isRight: Bool, _ option: String, _ expected: String, _ found: Any) throws {
      if !isRight { throw InputError("--\(option)", "expected \(expected), got \(found)") }
    }
    try require((1...1_000_000).contains(epochs), "epochs", "1 to 1000000 epochs", epochs)
    try require((1...1_000_000).contains(batchSize), "batch-size", "1 to 1000000 images", batchSize)
    try require(learningRate > 0 && learningRate.isFinite, "learning-rate", "a number above 0", learningRate)
    try require((0..<1).contains(momentum), "momentum", "a number from 0 to below 1", momentum)
    try require(momentum > 0 || optimizer != .nesterov, "momentum", "a number above 0 for nesterov", momentum)
    try require(weightDecay >= 0 && weightDecay.isFinite, "weight-decay", "a number of at least 0", weightDecay)
    try require((0...1).contains(labelSmoothing), "label-smoothing", "a number from 0 to 1", labelSmoothing)
    try require(
      labelSmoothing == 0 || loss == .crossEntropy, "label-smoothing", "the loss cross-entropy", loss.rawValue)
    try require(
      classWeights == nil || loss == .crossEntropy, "class-weights", "the loss cross-entropy", loss.rawValue)
    try require(penalty >= 0 && penalty.isFinite, "penalty", "a number of at least 0", penalty)
    try require((clip ?? 1) > 0, "clip", "a norm above 0", clip ?? 0)
    try require((earlyStopping ?? 0) >= 0, "early-stopping", "at least 0 epochs", earlyStopping ?? 0)
    try require((0..<1).contains(validation), "validation", "a share from 0 to below 1", validation)
    try require(
      earlyStopping == nil || validation > 0, "early-stopping", "a validation part to watch", "--validation 0")
    try require(
      schedule.plateau == nil || validation > 0, "schedule", "a validation part for 'plateau' to watch",
      "--validation 0")
  }
}
