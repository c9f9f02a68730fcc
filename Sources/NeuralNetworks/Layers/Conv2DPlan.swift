import Spectral

/// A convolution layer at work: a convolution plan, and the biases.
struct Conv2DPlan<S: NetworkScalar>: MappingPlan {
  let convolution: ConvolutionPlan<S>
  let hasBias: Bool

  /// The filters in the form that the convolution reads, with the scratch memory of preparing them.
  struct Prepared: Sendable {
    var filters: PreparedKernel<S>
    let workspace: ConvolutionWorkspace<S>
  }

  private var weightCount: Int { convolution.shape.kernelCount }
  private var channels: Int { convolution.shape.outputChannels }
  private var positions: Int { convolution.shape.outputHeight * convolution.shape.outputWidth }

  func prepare(_ parameters: Span<S>, replacing previous: consuming Prepared?) -> Prepared {
    let weights = parameters.extracting(0..<weightCount)
    guard var prepared = previous else {
      return Prepared(filters: convolution.prepare(weights), workspace: convolution.makeWorkspace())
    }
    convolution.prepare(weights, into: &prepared.filters, workspace: prepared.workspace)
    return prepared
  }

  func makeScratch() -> ConvolutionWorkspace<S> { convolution.makeWorkspace() }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared, into output: inout MutableSpan<S>,
    scratch: ConvolutionWorkspace<S>
  ) {
    convolution.forward(input, prepared.filters, into: &output, workspace: scratch)
    guard hasBias else { return }
    parameters.withUnsafeBufferPointer { parameters in
      output.withUnsafeMutableBufferPointer {
        S.layerFunctions.addBias(
          count, channels, positions, parameters.baseAddress! + weightCount, $0.baseAddress!)
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared,
    into inputGradient: inout MutableSpan<S>, scratch: ConvolutionWorkspace<S>
  ) {
    convolution.gradientInput(outputGradient, prepared.filters, into: &inputGradient, workspace: scratch)
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>,
    scratch: ConvolutionWorkspace<S>
  ) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      var weightGradient = UnsafeMutableBufferPointer(rebasing: gradient[..<weightCount]).mutableSpan
      convolution.gradientKernel(input, outputGradient, addingTo: &weightGradient, workspace: scratch)
      guard hasBias else { return }
      outputGradient.withUnsafeBufferPointer {
        S.layerFunctions.biasGradient(
          count, channels, positions, $0.baseAddress!, gradient.baseAddress! + weightCount)
      }
    }
  }
}
