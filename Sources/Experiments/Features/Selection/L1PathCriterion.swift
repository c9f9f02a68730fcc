import LinearModels
import Tensors

/// How early a feature enters the path of an L1 penalty: what a sparse model of the classes takes first.
///
/// A multinomial model of the standardised features is fitted with the penalty λ·Σ|w| for 25 values of λ, from the smallest at
/// which all weights are 0 down to a hundredth of it, evenly spaced in log λ. Features come in the order of the first λ
/// at which any class gives them a weight; those that enter together by the norm of their weights there. Features
/// that never enter have the score 0. Unlike the other criteria it does not take two features that say the same.
public struct L1PathCriterion: SelectionCriterion {
  /// `l1-path`.
  public let name = "l1-path"

  private static let strengthCount = 25
  private static let ratio = 0.01
  private static let options = SolverOptions(tolerance: 1e-4)

  /// Creates the criterion.
  public init() {}

  /// The steps of the path that are left when a feature enters, and a part of a step by the norm of its weights.
  ///
  /// - Throws: `InputError` for fewer than two classes.
  public func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) throws -> [Double] {
    let present = Set(labels).sorted()
    let places = Dictionary(uniqueKeysWithValues: present.enumerated().map { ($1, $0) })
    let problem = try GLMProblem(
      features: Standardizer(fitting: features).apply(features),
      response: .classes(labels.map { places[$0]! }, count: present.count), family: .multinomial)
    let strengths = try problem.strengths(.lasso, count: Self.strengthCount, ratio: Self.ratio)
    var scores = [Double](repeating: 0, count: features.shape[1])
    for (step, fit) in try problem.path(.lasso, strengths: strengths, options: Self.options).enumerated() {
      let weights = fit.model.weights
      for column in fit.activeColumns where scores[column] == 0 {
        let norm = (0..<weights.shape[0]).reduce(0) { $0 + weights[$1, column] * weights[$1, column] }.squareRoot()
        scores[column] = Double(Self.strengthCount - step) + norm / (1 + norm)
      }
    }
    return scores
  }
}
