public import Tensors

/// The data of a multinomial logistic regression with ridge, ready to be fitted for any number of penalties.
///
/// J(W, b) = (1/n) Σᵢ −log softmax(W·xᵢ + b)[yᵢ] + (λ/2)‖W‖²_F. Intercepts are never penalised. In scikit-learn's words
/// C = 1/(n·λ).
public struct LogisticProblem: Sendable {
  /// The design matrix X, `[N, D]`.
  public let features: Tensor<Double>
  /// The class of each row.
  public let labels: [Int]
  /// K, the number of classes.
  public let classCount: Int

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
    precondition(features.rank == 2, "expected a design matrix [N, D], got shape \(features.shape)")
    try Self.check(labels, rows: features.shape[0], classCount: classCount)
    try Self.checkFinite(features)
    self.features = features
    self.labels = labels
    self.classCount = classCount
  }

  private static func check(_ labels: [Int], rows: Int, classCount: Int) throws {
    guard rows == labels.count else {
      throw InputError("labels", "\(labels.count) labels for \(rows) rows of features", remedy: "Give one per row.")
    }
    guard rows > 0 else { throw InputError("features", "no rows to fit a model to") }
    if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classCount }) {
      throw InputError("labels", "row \(row) has class \(labels[row]), expected 0 to \(classCount - 1)")
    }
    guard labels.contains(where: { $0 != labels[0] }) else {
      throw InputError(
        "labels", "all \(rows) rows are of class \(labels[0])", remedy: "A classifier needs at least two classes.")
    }
  }

  private static func checkFinite(_ features: Tensor<Double>) throws {
    let place = features.withUnsafeBufferPointer { $0.firstIndex { !$0.isFinite } }
    guard let place else { return }
    let columns = features.shape[1]
    throw InputError(
      "features", "row \(place / columns), column \(place % columns) is not finite",
      remedy: "Remove the image or replace the pixel.")
  }
}
