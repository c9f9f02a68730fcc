public import Tensors

/// The data of a generalized linear model, checked and ready to be fitted with any number of penalties.
///
/// The model is g(μᵢ) = ηᵢ = W·xᵢ + b + offsetᵢ with one score per row, or K for the multinomial family. A fit
/// minimises
///
/// J(W, b) = (1/Σᵢ wᵢ) Σᵢ wᵢ·d(yᵢ, μᵢ)/2 + penalty(W),
///
/// half the mean unit deviance: −log likelihood per observation up to a constant for the binomial, multinomial and
/// Poisson families, half the mean squared error for the Gaussian. Intercepts are never penalised, and columns are
/// penalised as they are: standardise them first where their units should not matter.
public struct GLMProblem: Sendable {
  /// The design matrix X, `[N, D]`, without a column for the intercept.
  public let features: Tensor<Double>
  /// The response, N entries.
  public let response: Response
  /// The distribution of the response.
  public let family: Family
  /// The link.
  public let link: Link
  /// What is added to the scores, `[N]` or for the multinomial family `[N, K]`.
  public let offset: Tensor<Double>?
  /// How much each row counts; 1 when `nil`.
  public let weights: SampleWeights?

  /// The class of each row for the multinomial family, else empty.
  let labels: [Int]
  /// The response as numbers for all families but the multinomial.
  let targets: Tensor<Double>
  /// The weights as numbers.
  let rowWeights: Tensor<Double>?

  /// Checks the data and keeps them.
  ///
  /// - Parameters:
  ///   - features: The design matrix X, `[N, D]`. With D = 0 only the intercepts are fitted.
  ///   - response: N entries of a kind that the family can have.
  ///   - family: The distribution of the response.
  ///   - link: The canonical link when left out.
  ///   - offset: Known parts of the scores, `[N]` or for the multinomial family `[N, K]`.
  ///   - weights: How much each row counts, finite and at least 0.
  /// - Throws: `InputError` for a link that the family cannot have, no rows, another number of entries than rows, a
  ///   response out of range or without any variation that the family could explain, and numbers that are not finite.
  public init(
    features: Tensor<Double>, response: Response, family: Family, link: Link? = nil, offset: Tensor<Double>? = nil,
    weights: SampleWeights? = nil
  ) throws {
    precondition(features.rank == 2, "expected a design matrix [N, D], got shape \(features.shape)")
    self.features = features
    self.response = response
    self.family = family
    self.link = link ?? family.canonicalLink
    self.offset = offset
    self.weights = weights
    rowWeights = weights.map { Tensor($0.values) }
    (labels, targets) = Self.split(response, family)
    try validate()
  }

  /// A problem on checked data, for parts and variants of a problem.
  init(checked other: GLMProblem, features: Tensor<Double>) {
    self.features = features
    (response, family, link, offset) = (other.response, other.family, other.link, other.offset)
    (weights, labels, targets, rowWeights) = (other.weights, other.labels, other.targets, other.rowWeights)
  }

  private static func split(_ response: Response, _ family: Family) -> (labels: [Int], targets: Tensor<Double>) {
    switch response {
    case .numbers(let values): ([], Tensor(values))
    case .classes(let labels, _): family == .multinomial ? (labels, Tensor([])) : ([], Tensor(labels.map(Double.init)))
    }
  }

  /// N, the number of rows.
  public var rowCount: Int { features.shape[0] }

  /// D, the number of columns.
  public var featureCount: Int { features.shape[1] }

  /// The number of scores per row: K for the multinomial family, else 1.
  public var scoreCount: Int {
    if family == .multinomial, case .classes(_, let count) = response { return count }
    return 1
  }

  /// Σᵢ wᵢ, or N without weights.
  var totalWeight: Double { rowWeights?.sum ?? Double(rowCount) }

  /// n, the number of observations: Σᵢ wᵢ of frequency weights, else the number of rows that count.
  public var observationCount: Double {
    switch weights {
    case .frequency: totalWeight
    case .precision(let values): Double(values.count { $0 > 0 })
    case nil: Double(rowCount)
    }
  }

  /// The same problem on some of its rows.
  ///
  /// - Parameter rows: Row numbers, at least one.
  /// - Returns: The problem; a class may be absent from it.
  /// - Throws: `InputError` when the rows have only one class, or a mean that the link cannot have.
  public func selecting(rows: [Int]) throws -> GLMProblem {
    try GLMProblem(
      features: features.gatheringRows(rows), response: response.gathering(rows), family: family, link: link,
      offset: offset?.gatheringRows(rows), weights: weights?.gathering(rows))
  }

  /// The same problem on some of its columns.
  func selecting(columns: [Int]) -> GLMProblem {
    GLMProblem(checked: self, features: features.gatheringColumns(columns))
  }
}

extension Tensor where Element == Double {
  /// The given columns of a matrix, in the given order, copied.
  func gatheringColumns(_ indices: [Int]) -> Tensor {
    let (rows, columns) = (shape[0], shape[1])
    return Tensor(shape: [rows, indices.count]) { target in
      withUnsafeBufferPointer { source in
        for row in 0..<rows {
          for (place, column) in indices.enumerated() {
            target[row * indices.count + place] = source[row * columns + column]
          }
        }
      }
    }
  }
}
