internal import Numerics
public import Tensors

/// A mask of valid samples in the form that one ``ImageConvolutionPlan`` reads, for one kernel.
public struct PreparedMask<S: SpectralScalar>: Sendable {
  /// Where samples are valid, `[masks, H·W]`: one mask for all images, or one for each.
  let valid: Tensor<Bool>
  /// ‖k‖₁ / conv(m, |k|), `[masks, Ho·Wo]`: exactly 1 where a window has only valid samples, NaN where it has none.
  let factors: Tensor<S>
}

extension ImageConvolutionPlan {
  /// Brings a mask into the form that ``apply(_:to:mask:workspace:)`` reads.
  ///
  /// The weight of the valid samples, conv(m, |k|) = ‖k‖₁ − conv(1 − m, |k|), is computed in double precision; whether a
  /// window has a valid sample under a weight that is not 0 is decided by counting.
  ///
  /// - Parameters:
  ///   - mask: Where samples are valid, of the shape of one image or of all images.
  ///   - kernel: The kernel that images are convolved with.
  /// - Returns: The prepared mask.
  /// - Throws: ``InputError`` for a bank with several channels or kernels, and where the mask does not fit the images.
  public func prepare(mask: Tensor<Bool>, for kernel: Tensor<S>) throws -> PreparedMask<S> {
    guard !isTransposed && shape.inputChannels == 1 && shape.outputChannels == 1 else {
      throw InputError(
        "mask",
        "expected one kernel on images of one channel, found \(shape.outputChannels) kernels on "
          + "\(shape.inputChannels) channels", remedy: "Convolve channel by channel.")
    }
    guard mask.rank >= axes.rank, mask.shape.suffix(axes.rank) == inputShape[...], mask.count > 0 else {
      throw InputError("mask", "expected the shape of the images, ending in \(inputShape), found \(mask.shape)")
    }
    let valid = mask.reshaped([mask.count / shape.inputCount, shape.inputCount])
    let weights = Self.magnitudes(oriented(kernel))
    let windows = WindowSum(shape, boundary)
    let factors = Tensor<S>(shape: [valid.shape[0], shape.outputCount]) { target in
      for index in 0..<valid.shape[0] {
        let hidden = valid[rows: index..<index + 1].map { $0 ? 0.0 : 1 }
        Self.write(hidden, weights, windows, to: target.baseAddress! + index * shape.outputCount)
      }
    }
    return PreparedMask(valid: valid, factors: factors)
  }

  /// Convolves images of which only some samples are valid; see ``convolve(_:_:mode:boundary:mask:method:)``.
  ///
  /// - Parameters:
  ///   - kernel: The kernel, prepared by this plan.
  ///   - images: Images after any batch axes. Samples where the mask is false are not looked at.
  ///   - mask: The mask, prepared by this plan for the same kernel.
  ///   - workspace: Scratch memory, also of the threads that the work is shared among.
  /// - Returns: The results after the same batch axes.
  /// - Throws: ``InputError`` where there are several masks, but not one for each image.
  public func apply(
    _ kernel: PreparedImageKernel<S>, to images: Tensor<S>, mask: PreparedMask<S>, workspace: ConvolutionWorkspace<S>
  ) throws -> Tensor<S> {
    let (masks, count) = (mask.valid.shape[0], images.count / shape.inputCount)
    guard masks == 1 || masks == count else {
      throw InputError("mask", "expected one mask for all images or one for each of \(count), found \(masks)")
    }
    var result = apply(kernel, to: Self.hide(images, mask.valid), workspace: workspace)
    Self.multiply(&result, mask.factors)
    return result
  }

  /// |k| in parts of its largest weight; those that are not finite, which make every output NaN, are left out.
  private static func magnitudes(_ kernel: Tensor<S>) -> Tensor<Double> {
    let weights = kernel.map { $0.isFinite ? abs(Double($0)) : 0 }
    let largest = weights.maximumMagnitude
    return largest > 0 ? weights.map { $0 / largest } : weights
  }

  /// The factors of a mask, given where samples are hidden.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func write(
    _ hidden: Tensor<Double>, _ weights: Tensor<Double>, _ windows: WindowSum, to factors: UnsafeMutablePointer<S>
  ) {
    let total = weights.sum
    let taps = weights.map { $0 > 0 || total == 0 ? 1.0 : 0 }
    let number = taps.sum
    let lost = windows.sums(hidden, weights)
    let counts = windows.counts(hidden, taps: taps)
    lost.withUnsafeBufferPointer { lost in
      counts.withUnsafeBufferPointer { counts in
        for index in lost.indices {
          factors[index] = counts[index] == 0 ? 1 : counts[index] == number ? .nan : S(total / (total - lost[index]))
        }
      }
    }
  }

  /// The images with zeros where samples are not valid.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func hide(_ images: Tensor<S>, _ valid: Tensor<Bool>) -> Tensor<S> {
    Tensor(shape: images.shape) { target in
      images.withUnsafeBufferPointer { source in
        valid.withUnsafeBufferPointer { valid in
          var place = 0
          for index in target.indices {
            target[index] = valid[place] ? source[index] : 0
            place = place + 1 == valid.count ? 0 : place + 1
          }
        }
      }
    }
  }

  /// Multiplies each image, or the images in turn, by the factors of their mask.
  @specialized(where S == Float)
  @specialized(where S == Double)
  private static func multiply(_ result: inout Tensor<S>, _ factors: Tensor<S>) {
    result.withUnsafeMutableBufferPointer { result in
      factors.withUnsafeBufferPointer { factors in
        var place = 0
        for index in result.indices {
          result[index] *= factors[place]
          place = place + 1 == factors.count ? 0 : place + 1
        }
      }
    }
  }
}
