import Spectral
import Tensors

/// What a convolution reads and writes, allocated once for all the methods that are timed in turns.
final class ConvolutionArrays<S: SpectralScalar> {
  let kernel: Tensor<S>
  let input: Tensor<S>
  fileprivate var output: Tensor<S>
  fileprivate var inputGradient: Tensor<S>
  fileprivate var kernelGradient: Tensor<S>

  init(_ work: ConvolutionWork) {
    kernel = Self.noise(work.shape.kernelCount, seed: 1)
    input = Self.noise(work.images * work.shape.inputCount, seed: 2)
    output = Tensor.zeros([work.images * work.shape.outputCount])
    let isTraining = work.purpose == .training
    inputGradient = Tensor.zeros([isTraining ? input.count : 0])
    kernelGradient = Tensor.zeros([isTraining ? kernel.count : 0])
  }

  /// Numbers in −½…½ without structure: timing never depends on them, and denormal ones would.
  private static func noise(_ count: Int, seed: UInt64) -> Tensor<S> {
    var state = seed
    return Tensor(shape: [count]) { numbers in
      for index in numbers.indices {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        numbers[index] = S(Double(state >> 40) / Double(1 << 24) - 0.5)
      }
    }
  }
}

/// A convolution of random images that can be repeated and timed: everything is allocated before the first pass.
final class ConvolutionRun<S: SpectralScalar> {
  private let work: ConvolutionWork
  private let plan: ConvolutionPlan<S>
  private let workspace: ConvolutionWorkspace<S>
  private let record: ConvolutionRecord<S>
  private let arrays: ConvolutionArrays<S>
  private var prepared: PreparedKernel<S>

  /// Plans and allocates.
  ///
  /// - Parameters:
  ///   - work: What is to be done.
  ///   - method: How.
  ///   - arrays: What is read and written.
  ///   - planner: What limits the memory.
  /// - Throws: `InputError` where the method cannot serve.
  init(
    _ work: ConvolutionWork, _ method: ConvolutionMethod, _ arrays: ConvolutionArrays<S>, _ planner: ConvolutionPlanner
  ) throws {
    self.work = work
    self.arrays = arrays
    plan = try ConvolutionPlan(work, method: method, planner: planner)
    workspace = plan.makeWorkspace()
    record = plan.makeRecord()
    let kernel = arrays.kernel
    prepared = plan.prepare(kernel.span)
  }

  /// Does the work once.
  func callAsFunction() {
    if work.purpose != .forward {
      let kernel = arrays.kernel
      plan.prepare(kernel.span, into: &prepared, workspace: workspace)
    }
    forward(keeping: work.purpose == .training ? record : nil)
    if work.purpose == .training { backward() }
  }

  private func forward(keeping record: ConvolutionRecord<S>?) {
    let input = arrays.input
    arrays.output.withUnsafeMutableBufferPointer {
      var span = MutableSpan(_unsafeElements: $0)
      plan.forward(input.span, prepared, into: &span, record: record, workspace: workspace)
    }
  }

  private func backward() {
    let (input, output) = (arrays.input, arrays.output)
    arrays.inputGradient.withUnsafeMutableBufferPointer { inputGradient in
      arrays.kernelGradient.withUnsafeMutableBufferPointer { kernelGradient in
        var toInput = MutableSpan(_unsafeElements: inputGradient)
        var toKernel = MutableSpan(_unsafeElements: kernelGradient)
        plan.gradients(
          output.span, input: input.span, prepared, into: &toInput, addingTo: &toKernel, record: record,
          workspace: workspace)
      }
    }
  }
}
