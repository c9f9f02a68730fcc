public import LinearModels
public import NeuralNetworks
public import Tensors

/// The side of the question that a model stands on.
public enum Side: String, Codable, Sendable, CaseIterable {
  /// A fixed basis or feature map under a generalized linear model.
  case fixed
  /// Filters that are learned from the data.
  case learned
  /// A yardstick that takes part in no ranking.
  case control
}

/// Images with what is told of each.
public struct LabeledImages: Sendable {
  /// The images, `[N, C, H, W]`.
  public let images: Tensor<Float>
  /// What models explain: classes or numbers.
  public let response: Response
  /// The class of each image, `0..<classCount`; a range where images have numbers.
  public let labels: [Int]
  /// The number of classes, those included that no image here belongs to.
  public let classCount: Int
}

/// A model as a comparison sees it: a recipe that fits a list of candidates to training images.
///
/// A contender sees training images alone. Which candidate stands for it is decided outside, on validation images.
public protocol Contender: Sendable {
  /// The name by which the user asked for it.
  var name: String { get }

  /// The side that it stands on.
  var side: Side { get }

  /// The size of the model in the three currencies in which models are matched.
  var cost: ModelCost { get }

  /// The settings that its trials try, in words; empty where there is no choice to make.
  var searchSpace: String { get }

  /// Whether it is a network, which takes longest to fit.
  var isNetwork: Bool { get }

  /// Whether it is fitted to, chosen by and tested on labels that were dealt anew, of which nothing can be learned.
  var dealsLabels: Bool { get }

  /// Its layers, where it is a network whose weights are worth keeping.
  var layers: Network? { get }

  /// The atoms `[M, H, W]` that its features are coefficients on, where they make a picture.
  var atoms: Tensor<Double>? { get }

  /// Checks that it can be fitted to numbers, whatever the images are.
  ///
  /// - Parameter numbers: The numbers of training images.
  /// - Throws: `InputError` with the model to take in its place.
  func check(numbers: [Double]) throws

  /// Fits one candidate per trial.
  ///
  /// - Parameters:
  ///   - trials: The number of settings to try; a model without a choice to make fits a single candidate.
  ///   - training: The training images.
  ///   - stream: All randomness of the fit.
  ///   - isCancelled: Asked now and then; when true the fit throws `CancellationError`.
  /// - Returns: The candidates, from the strongest regularisation to the weakest.
  /// - Throws: `CancellationError`, or `InputError` when training fails, as by a loss that is not finite.
  func candidates(
    trials: Int, training: LabeledImages, stream: RandomStream, isCancelled: @escaping @Sendable () -> Bool
  ) throws -> [Candidate]
}

extension Contender {
  /// No: most models are fast to fit.
  public var isNetwork: Bool { false }

  /// None: most models are no networks.
  public var layers: Network? { nil }

  /// No: labels are those of the data.
  public var dealsLabels: Bool { false }

  /// Most models can be fitted to all numbers.
  public func check(numbers: [Double]) throws {}

  /// The name as part of a file's name.
  var fileName: String { ContenderFiles.name(name) }
}

/// A fitted model with the setting that it was fitted under.
public struct Candidate: Sendable {
  /// What distinguishes it from the other candidates, such as `ridge=0.001` or `epochs=10`.
  public let setting: String
  /// What the reader of the result must know, such as that the fit did not converge.
  public let remark: String?
  /// What the fit decided to look for, `[F, kh, kw]`: learned first-layer filters, or the atoms of a fitted basis.
  public let filters: Tensor<Float>?
  /// The network with its weights, where it is one.
  public var network: TrainedNetwork? = nil
  /// The features, where it is a linear model of any.
  public var features: ImageFeatures? = nil
  /// The class probabilities `[N, K]`, or numbers `[N, 1]`, that images `[N, C, H, W]` lead to expect.
  public let predictions: @Sendable (Tensor<Float>) throws -> Tensor<Double>
}

/// Names of models as parts of the names of files.
enum ContenderFiles {
  /// The name with a hyphen for every sign that files had better not have.
  static func name(_ model: String) -> String { String(model.map { ":@=,+".contains($0) ? "-" : $0 }) }
}
