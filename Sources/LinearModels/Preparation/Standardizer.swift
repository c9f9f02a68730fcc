public import Tensors

/// Shifts and scales each column of a design matrix to mean 0 and standard deviation 1 on the training data.
///
/// z = (x − mean)/scale with the population standard deviation, as scikit-learn's `StandardScaler`. A column that is
/// constant to rounding keeps scale 1, so that nothing is divided by zero.
public struct Standardizer: Sendable {
  /// The mean of each column.
  public let mean: [Double]
  /// What each centred column is divided by: its standard deviation, or 1 where it is constant.
  public let scale: [Double]
  /// The columns that are constant to rounding.
  public let constantColumns: [Int]

  /// Measures the columns of the training data; never give it validation or test data.
  ///
  /// - Parameter features: `[N, D]` with N ≥ 1.
  public init(fitting features: Tensor<Double>) {
    precondition(
      features.rank == 2 && features.shape[0] >= 1, "expected a matrix with rows, got shape \(features.shape)")
    let count = Double(features.shape[0])
    let mean = Self.columnSums(features) { value, _ in value }.map { $0 / count }
    let variance = Self.columnSums(features) { value, column in
      (value - mean[column]) * (value - mean[column])
    }.map { $0 / count }
    self.mean = mean
    let rounding = count * Double.epsilon
    let constant = mean.indices.filter {
      variance[$0] <= rounding * variance[$0] + (rounding * mean[$0]) * (rounding * mean[$0])
    }
    var scale = variance.map { $0.squareRoot() }
    for column in constant { scale[column] = 1 }
    self.scale = scale
    constantColumns = constant
  }

  /// The standardised features.
  ///
  /// - Parameter features: `[N, D]` with as many columns as the training data.
  /// - Returns: `[N, D]`.
  public func apply(_ features: Tensor<Double>) -> Tensor<Double> {
    precondition(
      features.rank == 2 && features.shape[1] == mean.count,
      "expected \(mean.count) columns, got shape \(features.shape)")
    return Tensor(shape: features.shape) { target in
      features.withUnsafeBufferPointer { source in
        for start in stride(from: 0, to: source.count, by: max(1, mean.count)) {
          for column in mean.indices {
            target[start + column] = (source[start + column] - mean[column]) / scale[column]
          }
        }
      }
    }
  }

  private static func columnSums(_ features: Tensor<Double>, _ term: (Double, Int) -> Double) -> [Double] {
    let columns = features.shape[1]
    var sums = [Double](repeating: 0, count: columns)
    features.withUnsafeBufferPointer { source in
      for start in stride(from: 0, to: source.count, by: max(1, columns)) {
        for column in 0..<columns { sums[column] += term(source[start + column], column) }
      }
    }
    return sums
  }
}
