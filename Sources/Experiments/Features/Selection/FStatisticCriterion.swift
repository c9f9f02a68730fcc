import Tensors

/// The F statistic of a one-way analysis of variance, by which the class means of a feature differ.
///
/// F = [Σₖ nₖ(x̄ₖ − x̄)²/(K − 1)] / [Σᵢ(xᵢ − x̄ of its class)²/(n − K)], with the K classes that occur among the labels; equal to
/// scikit-learn's `f_classif`. Where a feature is constant, for which scikit-learn gives NaN, it is 0; where it is constant
/// within each class but not over all, infinite.
public struct FStatisticCriterion: SelectionCriterion {
  /// `f-statistic`.
  public let name = "f-statistic"

  /// Creates the criterion.
  public init() {}

  /// F for each feature.
  ///
  /// - Throws: `InputError` for fewer than two classes, or no more images than classes.
  public func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) throws -> [Double] {
    var counts = [Double](repeating: 0, count: classCount)
    for label in labels { counts[label] += 1 }
    let (n, present) = (Double(labels.count), Double(counts.count { $0 > 0 }))
    guard present >= 2 && n > present else {
      throw InputError(
        name,
        "expected at least 2 classes and more images than classes, got \(Int(present)) classes and \(labels.count) images"
      )
    }
    let columns = features.shape[1]
    let means = classMeans(features, labels, counts)
    let grand = (0..<columns).map { column in
      counts.indices.reduce(0) { $0 + counts[$1] * means[$1][column] } / n
    }
    var within = [Double](repeating: 0, count: columns)
    features.forEachRow { row, values in
      let own = means[labels[row]]
      for column in 0..<columns { within[column] += (values[column] - own[column]) * (values[column] - own[column]) }
    }
    return (0..<columns).map { column in
      let between = counts.indices.reduce(0.0) { sum, label in
        let deviation = means[label][column] - grand[column]
        return counts[label] > 0 ? sum + counts[label] * deviation * deviation : sum
      }
      let rounding = n * Double.ulpOfOne * abs(grand[column])
      if between <= n * rounding * rounding { return 0 }
      return (between / (present - 1)) / (within[column] / (n - present))
    }
  }

  /// The mean of each feature over the images of each class, zeros for a class that does not occur.
  private func classMeans(_ features: Tensor<Double>, _ labels: [Int], _ counts: [Double]) -> [[Double]] {
    var sums = counts.map { _ in [Double](repeating: 0, count: features.shape[1]) }
    features.forEachRow { row, values in
      for column in values.indices { sums[labels[row]][column] += values[column] }
    }
    return zip(sums, counts).map { sum, count in sum.map { $0 / max(1, count) } }
  }
}
