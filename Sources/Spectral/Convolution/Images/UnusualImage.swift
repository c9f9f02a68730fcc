internal import Tensors

/// An image that holds samples that are not finite, or whose magnitudes are far from 1, made fit for every method.
struct UnusualImage<S: SpectralScalar> {
  /// The image with zeros for samples that are not finite, divided by 2 to the power ``exponent``.
  let samples: Tensor<S>
  let exponent: Int

  /// How many samples that are not finite the window of each output holds in the channels of each group; `nil` for none.
  private let lost: Tensor<Double>?

  /// Copies an image of a plan.
  init(_ image: UnsafePointer<S>, _ plan: ImageConvolutionPlan<S>) {
    let count = plan.counts.input
    let image = UnsafeBufferPointer(start: image, count: count)
    var samples = Tensor(Array(image))
    (exponent, lost) = samples.withUnsafeMutableBufferPointer { samples in
      let isFinite = SampleRange.clean(samples) == 0
      let exponent = SampleRange.exponent(of: SampleRange.largestMagnitude(UnsafeBufferPointer(samples)))
      SampleRange.scale(samples, byPowerOfTwo: -exponent)
      return (exponent, isFinite ? nil : Self.lostWindows(image, plan))
    }
    self.samples = samples
  }

  /// Makes every output NaN whose window holds a sample that is not finite.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func spread(into result: UnsafeMutableBufferPointer<S>) {
    guard let lost else { return }
    let channels = result.count / lost.shape[0] / lost.shape[1]
    lost.withUnsafeBufferPointer { counts in
      for index in result.indices {
        let (plane, position) = index.quotientAndRemainder(dividingBy: lost.shape[1])
        if counts[plane / channels * lost.shape[1] + position] > 0 { result[index] = .nan }
      }
    }
  }

  private static func lostWindows(
    _ image: UnsafeBufferPointer<S>, _ plan: ImageConvolutionPlan<S>
  ) -> Tensor<Double> {
    let groups = plan.shape.groups
    let channels = plan.imageChannels / groups
    let area = image.count / plan.imageChannels
    var marks = Tensor<Double>.zeros([groups, area])
    marks.withUnsafeMutableBufferPointer { marks in
      for index in image.indices where !image[index].isFinite {
        let (plane, position) = index.quotientAndRemainder(dividingBy: area)
        marks[plane / channels * area + position] = 1
      }
    }
    let windows = WindowSum(plan.shape, planes: groups, plan.boundary, isTransposed: plan.isTransposed)
    return windows.counts(marks).reshaped([groups, -1])
  }
}
