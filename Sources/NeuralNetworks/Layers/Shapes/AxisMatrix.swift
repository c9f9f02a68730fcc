import Foundation
import Tensors

/// What an axis of `from` samples becomes: `to` samples, each a weighted sum, with weights `[to, from]`.
struct AxisMatrix: Sendable {
  let from: Int
  let to: Int
  let weights: Tensor<Double>

  private init(from: Int, to: Int, _ row: (Int) -> [(place: Int, weight: Double)]) {
    var weights = Tensor<Double>.zeros([to, from])
    for index in 0..<to {
      for (place, weight) in row(index) { weights[index, place] += weight }
    }
    self.from = from
    self.to = to
    self.weights = weights
  }

  /// Each sample `factor` times.
  static func nearest(_ count: Int, factor: Int) -> AxisMatrix {
    AxisMatrix(from: count, to: count * factor) { [($0 / factor, 1)] }
  }

  /// Linear interpolation; the outermost samples are kept where corners are aligned, otherwise the sampling positions are
  /// centred and go on with the outermost sample.
  static func linear(_ count: Int, factor: Int, alignsCorners: Bool) -> AxisMatrix {
    let target = count * factor
    return AxisMatrix(from: count, to: target) { index in
      let position =
        alignsCorners
        ? Double(index * (count - 1)) / Double(max(1, target - 1))
        : max(0, (Double(index) + 0.5) / Double(factor) - 0.5)
      let below = min(Int(position), count - 1)
      let share = position - Double(below)
      return [(below, 1 - share), (min(below + 1, count - 1), share)]
    }
  }

  /// Means of ranges that cover the axis: the samples from ⌊i·n/m⌋ to before ⌈(i + 1)·n/m⌉.
  static func means(_ count: Int, to target: Int) -> AxisMatrix {
    AxisMatrix(from: count, to: target) { index in
      let range = index * count / target..<((index + 1) * count + target - 1) / target
      return range.map { ($0, 1 / Double(range.count)) }
    }
  }

  /// Samples left out (negative) or zeros added (positive) before and after.
  static func extended(_ count: Int, before: Int, after: Int) -> AxisMatrix {
    AxisMatrix(from: count, to: count + before + after) {
      let place = $0 - before
      return place >= 0 && place < count ? [(place, 1)] : []
    }
  }

  /// The lowest frequencies of the axis, sampled more coarsely: the transform cropped to `target` coefficients, the two
  /// at the new Nyquist frequency as their mean, and scaled so that means stay.
  static func lowFrequencies(_ count: Int, to target: Int) -> AxisMatrix {
    AxisMatrix(from: count, to: target) { index in
      (0..<count).map { place in
        let phase = 2 * Double.pi * (Double(index) / Double(target) - Double(place) / Double(count))
        var sum = 1.0
        for frequency in 1..<max(1, (target + 1) / 2) { sum += 2 * cos(Double(frequency) * phase) }
        if target % 2 == 0 { sum += cos(Double(target / 2) * phase) }
        return (place, sum / Double(count))
      }
    }
  }
}
