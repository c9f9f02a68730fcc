import Parallel
public import Tensors

/// A classifier that takes the class whose affine space of d principal components is nearest.
///
/// Class k has the mean μₖ of its training rows and the span Vₖ of the d eigenvectors of their covariance with the
/// largest eigenvalues. A row goes to the class with the smallest residual ‖x − μₖ‖² − ‖Vₖ(x − μₖ)‖². A class with too
/// few rows for d components uses those it has. Source: J. Bruna, S. Mallat, *Invariant scattering convolution
/// networks*, IEEE PAMI 35 (2013), section 4.1.
public struct AffinePCAClassifier: Sendable {
  /// d, the number of principal components of each class.
  public let dimension: Int
  /// The means μₖ, `[K, D]`.
  public let means: Tensor<Double>
  /// The components of each class, `[M, D]`, the strongest first; M is the largest dimension, or less for a class of
  /// few rows.
  public let components: [Tensor<Double>]

  /// Fits the spaces of all dimensions up to a largest one, which is taken; see ``with(dimension:)``.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`, not standardised: the distance is Euclidean.
  ///   - labels: The class of each row, in `0..<classCount`.
  ///   - classCount: K ≥ 2, each with at least one row.
  ///   - dimension: The largest d ≥ 0.
  /// - Throws: `InputError` for a negative dimension, labels out of range, a class without rows, or features that are
  ///   not finite.
  public init(fitting features: Tensor<Double>, labels: [Int], classCount: Int, dimension: Int) throws {
    try ClassLabels.validate(features, labels, classCount: classCount)
    guard dimension >= 0 else { throw InputError("dimension", "found \(dimension), expected at least 0") }
    let spaces = try parallelMap(classCount) { index in
      let rows = features.gatheringRows(labels.indices.filter { labels[$0] == index })
      let mean = rows.meanRow
      let axes = try PrincipalAxes(rows.subtractingRow(mean)).axes
      return (mean, axes[rows: 0..<min(dimension, axes.shape[0])])
    }
    self.dimension = dimension
    means = Tensor(spaces.flatMap(\.0), shape: [classCount, features.shape[1]])
    components = spaces.map(\.1)
  }

  private init(dimension: Int, means: Tensor<Double>, components: [Tensor<Double>]) {
    (self.dimension, self.means, self.components) = (dimension, means, components)
  }

  /// The same classifier with fewer principal components.
  ///
  /// - Parameter dimension: 0 up to the present one.
  /// - Returns: The classifier.
  public func with(dimension: Int) -> AffinePCAClassifier {
    precondition((0...self.dimension).contains(dimension), "expected 0...\(self.dimension), got \(dimension)")
    return AffinePCAClassifier(
      dimension: dimension, means: means,
      components: components.map { $0[rows: 0..<min(dimension, $0.shape[0])] })
  }

  /// K, the number of classes.
  public var classCount: Int { means.shape[0] }

  /// The number of trained numbers, K·D·(d + 1) at most.
  public var parameterCount: Int { means.count + components.reduce(0) { $0 + $1.count } }

  /// The squared distances to the affine spaces.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: `[N, K]`.
  public func residuals(_ features: Tensor<Double>) -> Tensor<Double> {
    residuals(features, dimensions: [dimension])[0]
  }

  /// The class with the nearest space for each row, the lowest of equals.
  ///
  /// - Parameter features: `[N, D]`.
  /// - Returns: N classes.
  public func classes(_ features: Tensor<Double>) -> [Int] { (-1 * residuals(features)).largestOfRows }

  /// The fraction of rows that each dimension classifies wrongly, for the choice of d on validation data.
  ///
  /// - Parameters:
  ///   - features: `[N, D]`, N ≥ 1.
  ///   - labels: The true classes.
  /// - Returns: The fractions for d = 0, 1, … up to ``dimension``.
  public func errorRates(_ features: Tensor<Double>, labels: [Int]) -> [Double] {
    precondition(labels.count == features.shape[0], "expected \(features.shape[0]) labels, got \(labels.count)")
    return residuals(features, dimensions: Array(0...dimension)).map { residuals in
      Double(zip((-1 * residuals).largestOfRows, labels).count { $0 != $1 }) / Double(labels.count)
    }
  }

  /// The residuals `[N, K]` for several dimensions, ascending.
  private func residuals(_ features: Tensor<Double>, dimensions: [Int]) -> [Tensor<Double>] {
    precondition(
      features.rank == 2 && features.shape[1] == means.shape[1],
      "expected \(means.shape[1]) features, got shape \(features.shape)")
    let rows = features.shape[0]
    var result = Tensor<Double>.zeros([classCount, dimensions.count * rows])
    result.withDisjointSlices { result in
      parallelFor(classCount) { index in
        let target = result[index * dimensions.count * rows..<(index + 1) * dimensions.count * rows]
        writeResiduals(of: index, features, dimensions, to: target)
      }
    }
    return result.withUnsafeBufferPointer { result in
      dimensions.indices.map { place in
        Tensor(shape: [rows, classCount]) { target in
          for row in 0..<rows {
            for index in 0..<classCount {
              target[row * classCount + index] = result[(index * dimensions.count + place) * rows + row]
            }
          }
        }
      }
    }
  }

  private func writeResiduals(
    of index: Int, _ features: Tensor<Double>, _ dimensions: [Int], to target: UnsafeMutableBufferPointer<Double>
  ) {
    let centered = features.subtractingRow(means[rows: index..<index + 1].elements)
    let axes = components[index]
    let projections = axes.shape[0] > 0 ? centered.matrixProduct(axes, transposingOther: true).elements : []
    let (rows, columns) = (features.shape[0], features.shape[1])
    centered.withUnsafeBufferPointer { centered in
      for row in 0..<rows {
        let own = UnsafeBufferPointer(rebasing: centered[row * columns..<(row + 1) * columns])
        var (rest, done) = (Double.dot(own, own), 0)
        for (place, dimension) in dimensions.enumerated() {
          while done < min(dimension, axes.shape[0]) {
            rest -= projections[row * axes.shape[0] + done] * projections[row * axes.shape[0] + done]
            done += 1
          }
          target[place * rows + row] = rest
        }
      }
    }
  }
}
