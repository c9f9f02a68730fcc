public import Tensors

/// Cross-correlation and its gradients by their definitions: the slow oracle of every method.
public enum ConvolutionDefinition {
  /// y[n, f, i, j] = Σ_{c,u,v} x̃[n, c, i·strideY + u·dilationY, j·strideX + v·dilationX] · k[f, c, u, v],
  /// where c runs over the channels of f's group.
  ///
  /// - Parameters:
  ///   - images: x, `[n, C, H, W]`.
  ///   - kernel: k, `[F, C/groups, kh, kw]`.
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  /// - Returns: y, `[n, F, Ho, Wo]`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public static func forward<S: Scalar>(
    _ images: Tensor<S>, _ kernel: Tensor<S>, _ shape: ConvolutionShape, boundary: Boundary = .zero
  ) -> Tensor<S> {
    var result = Tensor<S>.zeros(outputShape(images.count / shape.inputCount, shape))
    let (x, k) = (images.elements, kernel.elements)
    result.withUnsafeMutableBufferPointer { y in
      forEachProduct(images.count / shape.inputCount, shape, boundary) { y[$0] += x[$1] * k[$2] }
    }
    return result
  }

  /// ∂L/∂x[n, c, h, w], the sum of ∂L/∂y · k over all products in which the sample takes part.
  ///
  /// - Parameters:
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - kernel: k, `[F, C/groups, kh, kw]`.
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  /// - Returns: ∂L/∂x, `[n, C, H, W]`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public static func gradientInput<S: Scalar>(
    _ outputGradient: Tensor<S>, _ kernel: Tensor<S>, _ shape: ConvolutionShape, boundary: Boundary = .zero
  ) -> Tensor<S> {
    let images = outputGradient.count / shape.outputCount
    var result = Tensor<S>.zeros([images, shape.inputChannels, shape.inputHeight, shape.inputWidth])
    let (g, k) = (outputGradient.elements, kernel.elements)
    result.withUnsafeMutableBufferPointer { x in
      forEachProduct(images, shape, boundary) { x[$1] += g[$0] * k[$2] }
    }
    return result
  }

  /// ∂L/∂k[f, c, u, v], the sum of ∂L/∂y · x over all products in which the weight takes part.
  ///
  /// - Parameters:
  ///   - images: x, `[n, C, H, W]`.
  ///   - outputGradient: ∂L/∂y, `[n, F, Ho, Wo]`.
  ///   - shape: The sizes.
  ///   - boundary: What the padding consists of.
  /// - Returns: ∂L/∂k, `[F, C/groups, kh, kw]`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public static func gradientKernel<S: Scalar>(
    _ images: Tensor<S>, _ outputGradient: Tensor<S>, _ shape: ConvolutionShape, boundary: Boundary = .zero
  ) -> Tensor<S> {
    var result = Tensor<S>.zeros(
      [shape.outputChannels, shape.inputChannels / shape.groups, shape.kernelHeight, shape.kernelWidth])
    let (x, g) = (images.elements, outputGradient.elements)
    result.withUnsafeMutableBufferPointer { k in
      forEachProduct(images.count / shape.inputCount, shape, boundary) { k[$2] += g[$0] * x[$1] }
    }
    return result
  }

  private static func outputShape(_ images: Int, _ shape: ConvolutionShape) -> [Int] {
    [images, shape.outputChannels, shape.outputHeight, shape.outputWidth]
  }

  /// Calls `body` with the places of output, sample and weight of every product that is not with a padding zero.
  @inline(__always)
  private static func forEachProduct(
    _ images: Int, _ shape: ConvolutionShape, _ boundary: Boundary, _ body: (Int, Int, Int) -> Void
  ) {
    let (groupFilters, groupChannels) = (shape.outputChannels / shape.groups, shape.inputChannels / shape.groups)
    for filter in 0..<images * shape.outputChannels {
      let (image, bank) = (filter / shape.outputChannels, filter % shape.outputChannels)
      for position in 0..<shape.positionCount {
        let (i, j) = (position / shape.outputWidth, position % shape.outputWidth)
        for tap in 0..<shape.tapCount {
          let (channel, place) = tap.quotientAndRemainder(dividingBy: shape.kernelHeight * shape.kernelWidth)
          let (u, v) = place.quotientAndRemainder(dividingBy: shape.kernelWidth)
          let row = i * shape.strideY + u * shape.dilationY - shape.padding.top
          let column = j * shape.strideX + v * shape.dilationX - shape.padding.left
          guard let h = boundary.source(of: row, in: shape.inputHeight),
            let w = boundary.source(of: column, in: shape.inputWidth)
          else { continue }
          let plane = image * shape.inputChannels + bank / groupFilters * groupChannels + channel
          body(
            filter * shape.positionCount + position, (plane * shape.inputHeight + h) * shape.inputWidth + w,
            bank * shape.tapCount + tap)
        }
      }
    }
  }
}
