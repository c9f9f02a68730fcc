import Numerics

/// The settings that the trials of a model try, spaced evenly in their logarithm.
package enum TrialPath {
  /// Values of the ridge λ from 100 down to 10⁻⁵; for a single trial the middle.
  package static func ridges(_ count: Int) -> [Double] { powersOfTen(count, from: 2, to: -5) }

  /// Values of the λ of a sparse penalty, as shares of the smallest at which all weights are 0: from 1 down to 10⁻³; for a
  /// single trial the middle.
  package static func sparseShares(_ count: Int) -> [Double] { powersOfTen(count, from: 0, to: -3) }

  private static func powersOfTen(_ count: Int, from first: Double, to last: Double) -> [Double] {
    (0..<count).map { index in
      let place = count == 1 ? 0.5 : Double(index) / Double(count - 1)
      return Double.pow(10, ((first + (last - first) * place) * 1000).rounded() / 1000)
    }
  }

  /// Numbers of epochs from 2 up to the last, rounded, all different; for a single trial the last.
  ///
  /// - Parameters:
  ///   - count: The number of trials.
  ///   - last: The largest number of epochs, at least `count`.
  /// - Returns: Ascending numbers.
  package static func epochs(_ count: Int, upTo last: Int) -> [Int] {
    let first = Double(min(2, last))
    return (0..<count).reduce(into: [Int]()) { epochs, trial in
      let place = count == 1 ? 1 : Double(trial) / Double(count - 1)
      let ideal = Int((first * Double.pow(Double(last) / first, place)).rounded())
      let latest = last - (count - 1 - trial)
      epochs.append(min(max(ideal, (epochs.last ?? 0) + 1), latest))
    }
  }
}
