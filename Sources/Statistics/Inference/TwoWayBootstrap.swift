import Parallel
public import Tensors

/// The uncertainty of a mean over repeats × test images when both are samples: the two-way (pigeonhole) bootstrap.
///
/// With an official test part every repeat is judged on the same images, so that neither repeats nor images alone show
/// the whole uncertainty. Each replicate draws the repeats and, independently, the test images (or the groups of them)
/// with replacement, and averages over the drawn rows and columns. The interval is that between the percentiles of the
/// replicates. With R repeats the part of the variance that belongs to them is understated by about (R − 1)/R.
///
/// Sources: A. B. Owen, *The pigeonhole bootstrap*, Annals of Applied Statistics 1 (2007), 386–411; A. B. Owen,
/// D. Eckles, *Bootstrapping data arrays of arbitrary order*, Annals of Applied Statistics 6 (2012), 895–927.
public struct TwoWayBootstrap: Sendable {
  /// The mean over all repeats and images.
  public let mean: Double
  /// The mean of each replicate, in ascending order.
  public let replicates: [Double]
  /// The mean of each replicate, in the order of their streams: equal streams draw the same repeats and images of matrices
  /// of one shape, so that replicates of equal index belong together.
  public let draws: [Double]

  /// Draws the replicates.
  ///
  /// - Parameters:
  ///   - scores: One number per repeat and test image, `[R, T]`: 1 where the prediction is right, else 0; or the difference
  ///     of two models.
  ///   - groups: The group of each test image; whole groups are drawn then.
  ///   - count: The number of replicates B.
  ///   - stream: Where the chance comes from; each replicate splits its own stream off it.
  public init(_ scores: Tensor<Double>, groups: [Int]? = nil, count: Int = 2000, from stream: RandomStream) {
    precondition(
      scores.rank == 2 && scores.count > 0, "expected a matrix of repeats × images, got shape \(scores.shape)")
    precondition(count >= 2, "expected at least 2 replicates, got \(count)")
    let (repeats, images) = (scores.shape[0], scores.shape[1])
    precondition((groups?.count ?? images) == images, "expected \(images) groups, got \(groups?.count ?? 0)")
    let clusters = Clusters(scores, groups: groups)
    var means = Tensor<Double>.zeros([count])
    means.withDisjointSlices { slices in
      parallelFor(count) { index in
        var own = stream.split(index)
        slices[index..<index + 1][0] = clusters.resampledMean(repeats: repeats, from: &own)
      }
    }
    mean = scores.sum / Double(scores.count)
    draws = means.elements
    replicates = draws.sorted()
  }

  /// A statistic of several means, of which replicates of equal index belong together.
  ///
  /// - Parameters:
  ///   - parts: Bootstraps of matrices of one shape with equal streams.
  ///   - statistic: A number from the mean of each part.
  public init(combining parts: [TwoWayBootstrap], _ statistic: (_ means: [Double]) -> Double) {
    let count = parts.first?.draws.count ?? 0
    precondition(
      count >= 2 && parts.allSatisfy { $0.draws.count == count },
      "expected bootstraps of as many replicates, got \(parts.map(\.draws.count))")
    mean = statistic(parts.map(\.mean))
    draws = (0..<count).map { draw in statistic(parts.map { $0.draws[draw] }) }
    replicates = draws.sorted()
  }

  /// The interval between the percentiles of the replicates, interpolated linearly as `numpy.quantile` does.
  public func interval(confidence: Double = 0.95) -> ConfidenceInterval {
    ConfidenceInterval(
      lower: Quantile.value((1 - confidence) / 2, ofSorted: replicates),
      upper: Quantile.value((1 + confidence) / 2, ofSorted: replicates), confidence: confidence)
  }

  /// The two-sided p-value of the hypothesis that the true mean is 0: 2·Φ(−|mean|/s), with s the standard deviation of
  /// the replicates; without any spread 1 for a mean of 0, else 0.
  ///
  /// The normal tail resolves p-values below 1/B, which corrections for many tests need.
  public var pValue: Double {
    let deviation = Moments(replicates).standardDeviation
    guard deviation > 0 else { return mean == 0 ? 1 : 0 }
    return 2 * NormalDistribution.cumulative(-abs(mean) / deviation)
  }

  /// The smallest true mean that such an experiment would tell from 0 with the given power.
  ///
  /// (z₁₋α/₂ + z_power) times the standard deviation of the replicates, with α = 1 − confidence.
  ///
  /// - Parameters:
  ///   - confidence: The confidence of the test.
  ///   - power: The probability of noticing the difference.
  /// - Returns: The mean, in the unit of the scores.
  public func smallestDetectableDifference(confidence: Double = 0.95, power: Double = 0.8) -> Double {
    let quantiles = NormalDistribution.quantile(0.5 + confidence / 2) + NormalDistribution.quantile(power)
    return quantiles * Moments(replicates).standardDeviation
  }
}

/// The sums of scores over each group of images, per repeat, and the sizes of the groups.
private struct Clusters: Sendable {
  /// The sum of scores, at `[cluster · repeats + repeat]`.
  let sums: [Double]
  let sizes: [Double]

  init(_ scores: Tensor<Double>, groups: [Int]?) {
    let (repeats, images) = (scores.shape[0], scores.shape[1])
    let places = Dictionary((groups ?? []).map { ($0, 0) }, uniquingKeysWith: { first, _ in first }).keys.sorted()
    let order = Dictionary(uniqueKeysWithValues: places.enumerated().map { ($1, $0) })
    let clusterOf = groups.map { $0.map { order[$0]! } } ?? Array(0..<images)
    let clusterCount = groups == nil ? images : places.count
    var sums = [Double](repeating: 0, count: clusterCount * repeats)
    var sizes = [Double](repeating: 0, count: clusterCount)
    for image in 0..<images {
      sizes[clusterOf[image]] += 1
      for row in 0..<repeats { sums[clusterOf[image] * repeats + row] += scores[row, image] }
    }
    self.sums = sums
    self.sizes = sizes
  }

  func resampledMean(repeats: Int, from stream: inout RandomStream) -> Double {
    var weights = [Double](repeating: 0, count: repeats)
    for _ in 0..<repeats { weights[stream.integer(in: 0..<repeats)] += 1 }
    var (total, size) = (0.0, 0.0)
    for _ in sizes.indices {
      let cluster = stream.integer(in: 0..<sizes.count)
      size += sizes[cluster]
      for row in 0..<repeats { total += weights[row] * sums[cluster * repeats + row] }
    }
    return total / (size * Double(repeats))
  }
}
