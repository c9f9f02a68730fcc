internal import Numerics
public import Tensors

/// A kernel or a bank in the form that one ``ImageConvolutionPlan`` reads.
public struct PreparedImageKernel<S: SpectralScalar>: Sendable {
  let bank: PreparedKernel<S>
  /// The power of two by which the weights of each channel of the result have been divided; empty for none.
  let exponents: [Int]
  /// The channels of the result that a weight makes NaN because it is not finite.
  let lostChannels: [Int]

  var isOrdinary: Bool { exponents.isEmpty && lostChannels.isEmpty }
}

extension ImageConvolutionPlan {
  /// Brings a kernel or a bank into the form that ``apply(_:to:workspace:)`` reads.
  ///
  /// - Parameter kernel: `[kh, kw]`, `[m]`, or a bank `[F, C/groups, kh, kw]`, as planned.
  /// - Returns: The prepared kernel.
  public func prepare(_ kernel: Tensor<S>) -> PreparedImageKernel<S> {
    let expected = kernelShape
    precondition(kernel.shape == expected, "expected a kernel \(expected), got shape \(kernel.shape)")
    var weights = oriented(kernel)
    if weights.withUnsafeBufferPointer({ SampleRange.isOrdinary(SampleRange.largestMagnitude($0)) }) {
      return PreparedImageKernel(bank: plan.prepare(weights.span), exponents: [], lostChannels: [])
    }
    var lost: [Int] = []
    let exponents = (0..<resultChannels).map { channel in
      var own = weightIndices(ofResultChannel: channel).map { weights.elements[$0] }
      let exponent = own.withUnsafeMutableBufferPointer { own in
        if SampleRange.clean(own) > 0 { lost.append(channel) }
        let exponent = SampleRange.exponent(of: SampleRange.largestMagnitude(UnsafeBufferPointer(own)))
        SampleRange.scale(own, byPowerOfTwo: -exponent)
        return exponent
      }
      weights.withUnsafeMutableBufferPointer { weights in
        for (index, weight) in zip(weightIndices(ofResultChannel: channel), own) { weights[index] = weight }
      }
      return exponent
    }
    return PreparedImageKernel(bank: plan.prepare(weights.span), exponents: exponents, lostChannels: lost)
  }

  /// The kernels as a cross-correlation reads them.
  func oriented(_ kernel: Tensor<S>) -> Tensor<S> {
    guard operation == .convolution else { return kernel }
    return Self.flipped(kernel, area: shape.kernelHeight * shape.kernelWidth)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func flipped(_ kernel: Tensor<S>, area: Int) -> Tensor<S> {
    Tensor(shape: kernel.shape) { flipped in
      kernel.withUnsafeBufferPointer { kernel in
        for first in stride(from: 0, to: kernel.count, by: area) {
          for index in 0..<area { flipped[first + index] = kernel[first + area - 1 - index] }
        }
      }
    }
  }

  var kernelShape: [Int] {
    let taps = axes.shape(channels: 0, height: shape.kernelHeight, width: shape.kernelWidth)
    return axes.hasChannels ? [shape.outputChannels, shape.inputChannels / shape.groups] + taps.dropFirst() : taps
  }

  /// The channels of an image: the filters of the bank where the plan is transposed.
  var imageChannels: Int { isTransposed ? shape.outputChannels : shape.inputChannels }

  /// The channels of a result: those of the bank where the plan is transposed.
  var resultChannels: Int { isTransposed ? shape.inputChannels : shape.outputChannels }

  /// The weights that one channel of the result is a sum with.
  private func weightIndices(ofResultChannel channel: Int) -> [Int] {
    let (taps, area) = (shape.tapCount, shape.kernelHeight * shape.kernelWidth)
    guard isTransposed else { return Array(channel * taps..<(channel + 1) * taps) }
    let (channels, filters) = (shape.inputChannels / shape.groups, shape.outputChannels / shape.groups)
    let (group, own) = channel.quotientAndRemainder(dividingBy: channels)
    return (group * filters..<(group + 1) * filters).flatMap { filter in
      let first = filter * taps + own * area
      return first..<first + area
    }
  }
}
