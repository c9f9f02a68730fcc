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

  /// Scratch memory, and what forward passes keep for the gradients, such as spectra.
  struct Scratch {
    let workspace: ConvolutionWorkspace<S>
    let record: ConvolutionRecord<S>?
  }

  func makeScratch(hasGradients: Bool) -> Scratch {
    Scratch(workspace: convolution.makeWorkspace(), record: hasGradients ? convolution.makeRecord() : nil)
  }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared, into output: inout MutableSpan<S>,
    scratch: Scratch
  ) {
    convolution.forward(
      input, prepared.filters, into: &output, record: scratch.record, workspace: scratch.workspace)
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
    into inputGradient: inout MutableSpan<S>, scratch: Scratch
  ) {
    convolution.gradientInput(
      outputGradient, prepared.filters, into: &inputGradient, workspace: scratch.workspace)
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, addingTo gradient: inout MutableSpan<S>, scratch: Scratch
  ) {
    withWeightGradient(&gradient, outputGradient, count) { weightGradient in
      convolution.gradientKernel(
        input, outputGradient, addingTo: &weightGradient, record: scratch.record, workspace: scratch.workspace)
    }
  }

  func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, prepared: Prepared,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>, scratch: Scratch
  ) {
    inputGradient.withUnsafeMutableBufferPointer { inputGradient in
      var target = inputGradient.mutableSpan
      withWeightGradient(&gradient, outputGradient, count) { weightGradient in
        convolution.gradients(
          outputGradient, input: input, prepared.filters, into: &target, addingTo: &weightGradient,
          record: scratch.record, workspace: scratch.workspace)
      }
    }
  }

  /// Calls `body` with the part of the gradient that belongs to the weights, and adds the biases' part.
  private func withWeightGradient(
    _ gradient: inout MutableSpan<S>, _ outputGradient: Span<S>, _ count: Int,
    _ body: (inout MutableSpan<S>) -> Void
  ) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      var weightGradient = UnsafeMutableBufferPointer(rebasing: gradient[..<weightCount]).mutableSpan
      body(&weightGradient)
      guard hasBias else { return }
      outputGradient.withUnsafeBufferPointer {
        S.layerFunctions.biasGradient(
          count, channels, positions, $0.baseAddress!, gradient.baseAddress! + weightCount)
      }
    }
  }
}
