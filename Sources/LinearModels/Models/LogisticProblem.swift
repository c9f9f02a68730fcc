public import Tensors

/// The data of a multinomial logistic regression with ridge, ready to be fitted for any number of penalties.
///
/// J(W, b) = (1/n) Σᵢ −log softmax(W·xᵢ + b)[yᵢ] + (λ/2)‖W‖²_F. Intercepts are never penalised. In scikit-learn's words
/// C = 1/(n·λ). This is the multinomial ``GLMProblem`` with its fastest solver and the shortest report, for many fits
/// of classifiers.
public struct LogisticProblem: Sendable {
  /// The design matrix X, `[N, D]`.
  public var features: Tensor<Double> { problem.features }
  /// The class of each row.
  public var labels: [Int] { problem.labels }
  /// K, the number of classes.
  public var classCount: Int { problem.scoreCount }

  let problem: GLMProblem

  /// Checks the data and keeps them.
  ///
  /// - Parameters:
  ///   - features: The design matrix X, `[N, D]`. With D = 0 only the intercepts are fitted.
  ///   - labels: The class of each row, in `0..<classCount`.
  ///   - classCount: K ≥ 2. A class that no row has is allowed: its intercept then falls until its gradient is below
  ///     the tolerance, since the optimum lies at −∞.
  /// - Throws: `InputError` for no rows, another number of labels than rows, a label out of range, fewer than two
  ///   classes among the labels, or a feature that is not finite.
  public init(features: Tensor<Double>, labels: [Int], classCount: Int) throws {
    problem = try GLMProblem(
      features: features, response: .classes(labels, count: classCount), family: .multinomial)
  }
}
