internal import CKernels

/// A batch normalization in training.
///
/// A part hands in the mean of each channel and the sum of squared distances from it; they are combined by Chan's formula
/// in the order of the parts (T. F. Chan, G. H. Golub and R. J. LeVeque, *Updating formulae and a pairwise algorithm for
/// computing sample variances*, 1979). On the way back it hands in Σ g and Σ g·(x − μ), and
/// dx = weight/σ·(g − mean(g) − (x − μ)/σ²·mean(g·(x − μ))).
struct BatchNormPlan<S: NetworkScalar>: BatchPlan {
  let normalization: BatchNormalization
  let size: Int

  private var channels: Int { normalization.channels }
  private var loops: NormalizationLoops<S> { S.layerFunctions.normalization }
  var sumCount: Int { 2 * channels }
  var smallestBatch: Int { size == 1 ? 2 : 1 }

  func collect(_ input: Span<S>, count: Int, into sums: inout MutableSpan<Double>) {
    input.withUnsafeBufferPointer { x in
      sums.withUnsafeMutableBufferPointer {
        loops.moments(planes(count), x.baseAddress!, $0.baseAddress!, $0.baseAddress! + channels)
      }
    }
  }

  func combine(_ parts: Span<Double>, counts: Span<Int>, into statistics: inout MutableSpan<Double>) {
    for channel in 0..<channels {
      var (total, mean, squares) = (0.0, 0.0, 0.0)
      for part in counts.indices {
        let (count, place) = (Double(counts[part] * size), part * sumCount + channel)
        let distance = parts[place] - mean
        total += count
        mean += distance * count / total
        squares += parts[place + channels] + distance * distance * count * (total - count) / total
      }
      statistics[channel] = mean
      statistics[channels + channel] = squares / total
    }
  }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, statistics: Span<Double>, into output: inout MutableSpan<S>
  ) {
    withPointers(statistics, parameters, input) { statistics, weight, x in
      output.withUnsafeMutableBufferPointer {
        loops.apply(planes(count), statistics, x, weight, weight + channels, $0.baseAddress!)
      }
    }
  }

  func collectGradient(
    _ outputGradient: Span<S>, input: Span<S>, output: Span<S>, count: Int, statistics: Span<Double>,
    into sums: inout MutableSpan<Double>
  ) {
    withPointers(statistics, outputGradient, input) { statistics, dy, x in
      sums.withUnsafeMutableBufferPointer {
        loops.sums(planes(count), statistics, dy, x, $0.baseAddress!, $0.baseAddress! + channels)
      }
    }
  }

  func combineGradient(
    _ parts: Span<Double>, counts: Span<Int>, statistics: Span<Double>, into sums: inout MutableSpan<Double>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    for index in 0..<sumCount { sums[index] = counts.indices.reduce(0.0) { $0 + parts[$1 * sumCount + index] } }
    if !gradient.isEmpty {
      statistics.withUnsafeBufferPointer { statistics in
        sums.withUnsafeMutableBufferPointer { sums in
          gradient.withUnsafeMutableBufferPointer {
            loops.parameterGradient(
              channels, measured(statistics), sums.baseAddress!, sums.baseAddress! + channels, $0.baseAddress!,
              $0.baseAddress! + channels)
          }
        }
      }
    }
    let total = Double(counts.indices.reduce(0) { $0 + counts[$1] * size })
    for index in 0..<sumCount { sums[index] /= total }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, output: Span<S>, count: Int, parameters: Span<S>,
    statistics: Span<Double>, sums: Span<Double>, into inputGradient: inout MutableSpan<S>
  ) {
    withPointers(statistics, outputGradient, input) { statistics, dy, x in
      parameters.withUnsafeBufferPointer { weight in
        sums.withUnsafeBufferPointer { sums in
          inputGradient.withUnsafeMutableBufferPointer {
            loops.gradient(
              planes(count), statistics, sums.baseAddress!, sums.baseAddress! + channels, dy, x,
              weight.baseAddress!, $0.baseAddress!)
          }
        }
      }
    }
  }

  func update(_ state: inout MutableSpan<S>, statistics: Span<Double>, count: Int) {
    let values = count * size
    let (share, unbiased) = (normalization.momentum, Double(values) / Double(max(1, values - 1)))
    statistics.withUnsafeBufferPointer { statistics in
      state.withUnsafeMutableBufferPointer {
        loops.follow(channels, share, 1, statistics.baseAddress!, $0.baseAddress!)
        loops.follow(channels, share, unbiased, statistics.baseAddress! + channels, $0.baseAddress! + channels)
        $0[2 * channels] += 1
      }
    }
  }

  private func planes(_ count: Int) -> kernel_channels {
    kernel_channels(count: count, channels: channels, size: size)
  }

  private func measured(_ statistics: UnsafeBufferPointer<Double>) -> kernel_statistics {
    kernel_statistics(
      mean: statistics.baseAddress!, variance: statistics.baseAddress! + channels, epsilon: normalization.epsilon)
  }

  private func withPointers(
    _ statistics: Span<Double>, _ first: Span<S>, _ second: Span<S>,
    _ body: (kernel_statistics, UnsafePointer<S>, UnsafePointer<S>) -> Void
  ) {
    statistics.withUnsafeBufferPointer { statistics in
      first.withUnsafeBufferPointer { first in
        second.withUnsafeBufferPointer { body(measured(statistics), first.baseAddress!, $0.baseAddress!) }
      }
    }
  }
}
