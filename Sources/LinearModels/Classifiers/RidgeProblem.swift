public import Tensors

/// The data of a ridge classifier, factorized once for any number of penalties.
///
/// With targets Y of ±1 a classifier minimises (1/2n)‖Y − XWᵀ − 1bᵀ‖² + (λ/2)‖W‖², which is scikit-learn's
/// `RidgeClassifier` with `alpha` = n·λ. With the eigenvectors V of the centred XᵀX (of the smaller XXᵀ for more
/// columns than rows) the weights of any λ cost O(K·D·R) operations, R being the rank, and the leave-one-out residuals
/// eᵢ/(1 − hᵢᵢ) with the leverages hᵢᵢ = 1/n + Σⱼ (Xv)ᵢⱼ²/(ρⱼ + nλ) are exact. Sources: T. Hastie, R. Tibshirani, J.
/// Friedman, *The Elements of Statistical Learning* (2009), sections 3.4.1 and 7.10; G. H. Golub, M. Heath, G. Wahba,
/// *Generalized cross-validation as a method for choosing a good ridge parameter*, Technometrics 21 (1979).
public struct RidgeProblem: Sendable {
  /// The class of each row.
  public let labels: [Int]
  /// K, the number of classes.
  public let classCount: Int

  private let mean: [Double]
  private let targetMeans: [Double]
  private let principal: PrincipalAxes
  /// The centred rows on the axes, `[N, R]`.
  private let projections: Tensor<Double>
  /// The products of projections and targets, `[R, K]`.
  private let products: Tensor<Double>

  /// Checks the data and factorizes them.
  ///
  /// - Parameters:
  ///   - features: The design matrix X, `[N, D]`.
  ///   - labels: The class of each row, in `0..<classCount`.
  ///   - classCount: K ≥ 2, each with at least one row.
  /// - Throws: `InputError` for labels out of range, a class without rows, or features that are not finite.
  public init(features: Tensor<Double>, labels: [Int], classCount: Int) throws {
    try ClassLabels.validate(features, labels, classCount: classCount)
    self.labels = labels
    self.classCount = classCount
    mean = features.meanRow
    let centered = features.subtractingRow(mean)
    principal = try PrincipalAxes(centered)
    projections =
      principal.eigenvalues.isEmpty
      ? .zeros([labels.count, 0]) : centered.matrixProduct(principal.axes, transposingOther: true)
    let targets = Tensor<Double>(shape: [labels.count, classCount]) { target in
      for (row, label) in labels.enumerated() {
        for index in 0..<classCount { target[row * classCount + index] = index == label ? 1 : -1 }
      }
    }
    targetMeans = targets.meanRow
    products =
      principal.eigenvalues.isEmpty
      ? .zeros([0, classCount]) : projections.matrixProduct(targets, transposingSelf: true)
  }

  /// The classifier of a penalty.
  ///
  /// - Parameter ridge: λ ≥ 0; with 0 the weights of smallest norm.
  /// - Returns: The classifier.
  /// - Throws: `InputError` for a negative or infinite ridge.
  public func classifier(ridge: Double) throws -> RidgeClassifier {
    let shares = try coefficients(ridge)
    let weights =
      principal.eigenvalues.isEmpty
      ? Tensor<Double>.zeros([classCount, mean.count]) : shares.matrixProduct(principal.axes, transposingSelf: true)
    let intercepts = (0..<classCount).map { index in
      mean.indices.reduce(targetMeans[index]) { $0 - weights[index, $1] * mean[$1] }
    }
    return RidgeClassifier(weights: weights, intercepts: Tensor(intercepts))
  }

  /// How a penalty does on rows that are left out one at a time.
  ///
  /// - Parameter ridge: λ ≥ 0.
  /// - Returns: The mean squared error over rows and classes, and the fraction of rows whose largest score is not that
  ///   of their class.
  /// - Throws: `InputError` for a negative or infinite ridge.
  public func leaveOneOut(ridge: Double) throws -> (squaredError: Double, errorRate: Double) {
    let fitted = try fittedValues(ridge)
    let leverages = leverages(ridge)
    var (sum, wrong) = (0.0, 0)
    for (row, label) in labels.enumerated() {
      var best = (score: -Double.infinity, index: 0)
      for index in 0..<classCount {
        let target: Double = index == label ? 1 : -1
        let residual = (target - fitted[row, index]) / max(1 - leverages[row], .leastNormalMagnitude)
        sum += residual * residual
        if target - residual > best.score { best = (target - residual, index) }
      }
      if best.index != label { wrong += 1 }
    }
    return (sum / Double(labels.count * classCount), Double(wrong) / Double(labels.count))
  }

  /// The generalized cross-validation score: the mean squared error over (1 − tr H/n)².
  ///
  /// - Parameter ridge: λ ≥ 0.
  /// - Returns: The score.
  /// - Throws: `InputError` for a negative or infinite ridge.
  public func generalizedCrossValidation(ridge: Double) throws -> Double {
    let fitted = try fittedValues(ridge)
    var sum = 0.0
    for (row, label) in labels.enumerated() {
      for index in 0..<classCount {
        let residual = (index == label ? 1 : -1) - fitted[row, index]
        sum += residual * residual
      }
    }
    let share = 1 - leverages(ridge).reduce(0, +) / Double(labels.count)
    return sum / Double(labels.count * classCount) / (share * share)
  }

  /// The eigenvalues plus n·λ.
  private func denominators(_ ridge: Double) -> [Double] {
    principal.eigenvalues.map { $0 + Double(labels.count) * ridge }
  }

  /// The weights on the axes, `[R, K]`.
  private func coefficients(_ ridge: Double) throws -> Tensor<Double> {
    guard ridge >= 0 && ridge.isFinite else {
      throw InputError("ridge", "found \(ridge), expected a number of at least 0")
    }
    return products.scalingRows(denominators(ridge).map { 1 / $0 })
  }

  private func fittedValues(_ ridge: Double) throws -> Tensor<Double> {
    let coefficients = try coefficients(ridge)
    let rest: Tensor<Double> =
      principal.eigenvalues.isEmpty ? .zeros([labels.count, classCount]) : projections.matrixProduct(coefficients)
    return rest.subtractingRow(targetMeans.map { -$0 })
  }

  private func leverages(_ ridge: Double) -> [Double] {
    let factors = denominators(ridge).map { 1 / $0 }
    return projections.withUnsafeBufferPointer { projections in
      labels.indices.map { row in
        let own = UnsafeBufferPointer(rebasing: projections[row * factors.count..<(row + 1) * factors.count])
        return factors.indices.reduce(1 / Double(labels.count)) { $0 + own[$1] * own[$1] * factors[$1] }
      }
    }
  }
}
