import Tensors

/// What decides which features a model keeps, seen on training data alone.
///
/// A feature is a column of a design matrix, such as the coefficients on one atom.
public protocol SelectionCriterion: Sendable {
  /// The name by which the user asks for it, such as `energy`.
  var name: String { get }

  /// How much each feature is worth keeping.
  ///
  /// - Parameters:
  ///   - features: The design matrix of the training images, `[N, D]`, finite.
  ///   - labels: The class of each row, in `0..<classCount`.
  ///   - classCount: K.
  /// - Returns: D numbers, the larger the better, none of them NaN.
  /// - Throws: `InputError` where the data do not allow the criterion.
  func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) throws -> [Double]
}

extension SelectionCriterion {
  /// All features from the best to the worst; equal ones in the order of their columns.
  ///
  /// - Parameters:
  ///   - features: The design matrix of the training images, `[N, D]`.
  ///   - labels: The class of each row.
  ///   - classCount: K.
  /// - Returns: A permutation of the columns, of which a model with M features keeps the first M.
  /// - Throws: `InputError` where the data do not allow the criterion.
  public func ranking(_ features: Tensor<Double>, labels: [Int], classCount: Int) throws -> [Int] {
    precondition(
      features.rank == 2 && features.shape[0] == labels.count,
      "expected a row for each of \(labels.count) labels, got shape \(features.shape)")
    let scores = try scores(features, labels: labels, classCount: classCount)
    return scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }
  }
}

/// The criteria by name.
public enum SelectionCatalog {
  private static let criteria: [any SelectionCriterion] = [
    OrderCriterion(), EnergyCriterion(), FStatisticCriterion(), MutualInformationCriterion(),
    L1PathCriterion(),
  ]

  /// The names that ``criterion(named:)`` knows.
  public static var names: [String] { criteria.map(\.name) }

  /// The criterion of a name.
  ///
  /// - Parameter name: One of ``names``.
  /// - Returns: The criterion.
  /// - Throws: `InputError` for an unknown name, with the nearest one.
  public static func criterion(named name: String) throws -> any SelectionCriterion {
    guard let criterion = criteria.first(where: { $0.name == name }) else {
      throw Suggestion.unknown(name, kind: "criterion", accepted: names)
    }
    return criterion
  }
}
