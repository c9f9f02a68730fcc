import Formats
import NeuralNetworks
import Parallel
import Spectral
import Tensors

/// A layer of a network on a batch: new weights are prepared, then the forward pass and both gradients, the batch cut
/// into the parts of a training step.
package struct Layer: Workload {
  let images: Int
  let inputChannels: Int
  let size: Int
  let outputChannels: Int
  let kernel: Int

  /// Names the sizes.
  package init(images: Int, inputChannels: Int, size: Int, outputChannels: Int, kernel: Int) {
    (self.images, self.inputChannels, self.size) = (images, inputChannels, size)
    (self.outputChannels, self.kernel) = (outputChannels, kernel)
  }

  package var name: String { "layer-\(images)-\(inputChannels)-\(size)-\(outputChannels)-\(kernel)" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    let shape = try ConvolutionShape(
      inputChannels: inputChannels, outputChannels: outputChannels, inputHeight: size, inputWidth: size,
      kernelHeight: kernel, kernelWidth: kernel, padding: .same(kernelHeight: kernel, kernelWidth: kernel))
    let partition = BatchPartition(images)
    let work = ConvolutionWork(shape, images: partition.capacity, purpose: .training)
    return Ours(
      try ConvolutionPlan(work), partition, image: .normal([images, inputChannels, size, size], stream.split("image")),
      weights: .normal([outputChannels, inputChannels, kernel, kernel], stream.split("weights")),
      gradient: .normal([images, outputChannels, size, size], stream.split("gradient")))
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let plan: ConvolutionPlan<Float>
    private let image: Tensor<Float>
    private let weights: Tensor<Float>
    private let gradient: Tensor<Float>
    private let workspace: ConvolutionWorkspace<Float>
    private let parts: [LayerPart]
    private var prepared: PreparedKernel<Float>
    private var kernelGradient = Tensor<Float>.zeros([0])

    init(
      _ plan: ConvolutionPlan<Float>, _ partition: BatchPartition, image: Tensor<Float>, weights: Tensor<Float>,
      gradient: Tensor<Float>
    ) {
      (self.plan, self.image, self.weights, self.gradient) = (plan, image, weights, gradient)
      parts = (0..<partition.partCount).map {
        LayerPart(plan, image: image[rows: partition[$0]], gradient: gradient[rows: partition[$0]], weights.shape)
      }
      workspace = plan.makeWorkspace()
      prepared = plan.prepare(weights.span)
    }

    var itemCount: Int { image.shape[0] }

    var inputs: [(name: String, array: NumPyArray)] {
      [("image", NumPyArray(image)), ("weights", NumPyArray(weights)), ("gradient", NumPyArray(gradient))]
    }

    func run() {
      let weights = weights
      plan.prepare(weights.span, into: &prepared, workspace: workspace)
      parallelFor(parts.count) { [parts, plan, prepared] in parts[$0].run(plan, prepared) }
      kernelGradient = parts[0].kernelGradient
      for part in parts.dropFirst() { kernelGradient += part.kernelGradient }
    }

    func difference(from result: NPZArchive) throws -> Double {
      run()
      let output = Tensor(parts.flatMap(\.output.elements), shape: gradient.shape)
      let inputGradient = Tensor(parts.flatMap(\.inputGradient.elements), shape: image.shape)
      return try max(
        output.relativeDifference(from: result["output"].tensor()),
        inputGradient.relativeDifference(from: result["inputGradient"].tensor()),
        kernelGradient.relativeDifference(from: result["kernelGradient"].tensor()))
    }

    func remark(seconds: Double) -> String { plan.method.rawValue }
  }
}

/// Some images of a batch; `Sendable` because one thread at a time works on it.
private final class LayerPart: @unchecked Sendable {
  private let image: Tensor<Float>
  private let gradient: Tensor<Float>
  private let record: ConvolutionRecord<Float>
  private let workspace: ConvolutionWorkspace<Float>
  private(set) var output: Tensor<Float>
  private(set) var inputGradient: Tensor<Float>
  private(set) var kernelGradient: Tensor<Float>

  init(_ plan: ConvolutionPlan<Float>, image: Tensor<Float>, gradient: Tensor<Float>, _ kernelShape: [Int]) {
    (self.image, self.gradient) = (image, gradient)
    (record, workspace) = (plan.makeRecord(), plan.makeWorkspace())
    (output, inputGradient, kernelGradient) = (.zeros(gradient.shape), .zeros(image.shape), .zeros(kernelShape))
  }

  func run(_ plan: ConvolutionPlan<Float>, _ kernel: PreparedKernel<Float>) {
    let (image, gradient) = (image, gradient)
    output.withUnsafeMutableBufferPointer {
      var output = $0.mutableSpan
      plan.forward(image.span, kernel, into: &output, record: record, workspace: workspace)
    }
    kernelGradient = .zeros(kernelGradient.shape)
    inputGradient.withUnsafeMutableBufferPointer { inputGradient in
      kernelGradient.withUnsafeMutableBufferPointer { kernelGradient in
        var toInput = inputGradient.mutableSpan
        var toKernel = kernelGradient.mutableSpan
        plan.gradients(
          gradient.span, input: image.span, kernel, into: &toInput, addingTo: &toKernel, record: record,
          workspace: workspace)
      }
    }
  }
}
