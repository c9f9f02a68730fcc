import Numerics
import Parallel
import Tensors

/// The mutual information of a feature and the label, in nats, estimated from a table of bins and classes.
///
/// The values of a feature are cut at their j/B quantiles, j = 1…B − 1, with linear interpolation: the edges are
/// `numpy.quantile(x, j/B)` and a value's bin is `numpy.searchsorted(edges, x, side="right")`, so that equal values share a
/// bin. With n_bk images of class k in bin b, I = Σ n_bk/n·log(n·n_bk/(n_b·n_k)), as scikit-learn's `mutual_info_score` of
/// bins and labels. The estimate is too high by about (B − 1)(K − 1)/2n, for all features with B full bins alike.
public struct MutualInformationCriterion: SelectionCriterion {
  /// `mutual-information`.
  public let name = "mutual-information"
  /// B, the number of bins.
  public let binCount: Int

  /// Creates the criterion.
  ///
  /// - Parameter binCount: B ≥ 2.
  public init(binCount: Int = 16) {
    precondition(binCount >= 2, "expected at least 2 bins, got \(binCount)")
    self.binCount = binCount
  }

  /// I for each feature.
  public func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) -> [Double] {
    let (rows, columns) = (features.shape[0], features.shape[1])
    guard rows > 0 else { return [Double](repeating: 0, count: columns) }
    var scores = Tensor<Double>.zeros([columns])
    scores.withDisjointSlices { scores in
      parallelFor(columns) { column in
        let values = features.withUnsafeBufferPointer { elements in
          (0..<rows).map { elements[$0 * columns + column] }
        }
        scores[column..<column + 1][0] = information(values, labels, classCount)
      }
    }
    return scores.elements
  }

  private func information(_ values: [Double], _ labels: [Int], _ classCount: Int) -> Double {
    let edges = self.edges(values)
    var table = [Double](repeating: 0, count: binCount * classCount)
    for (value, label) in zip(values, labels) { table[edges.countOfLeading { $0 <= value } * classCount + label] += 1 }
    let bins = (0..<binCount).map { bin in (0..<classCount).reduce(0) { $0 + table[bin * classCount + $1] } }
    let classes = (0..<classCount).map { label in (0..<binCount).reduce(0) { $0 + table[$1 * classCount + label] } }
    let n = Double(values.count)
    let sum = table.indices.reduce(0.0) { sum, cell in
      guard table[cell] > 0 else { return sum }
      let expected = bins[cell / classCount] * classes[cell % classCount] / n
      return sum + table[cell] / n * Double.log(table[cell] / expected)
    }
    return max(0, sum)
  }

  /// The inner edges of the bins, ascending, some of them equal where values repeat.
  private func edges(_ values: [Double]) -> [Double] {
    let sorted = values.sorted()
    return (1..<binCount).map { edge in
      let place = Double(edge) / Double(binCount) * Double(sorted.count - 1)
      let lower = Int(place)
      let (left, right) = (sorted[lower], sorted[min(lower + 1, sorted.count - 1)])
      return left + (right - left) * (place - Double(lower))
    }
  }
}

extension Array {
  /// The number of elements before the first that does not satisfy a condition, where all after it do not either.
  fileprivate func countOfLeading(_ satisfies: (Element) -> Bool) -> Int {
    var (low, high) = (0, count)
    while low < high {
      let middle = (low + high) / 2
      if satisfies(self[middle]) { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
