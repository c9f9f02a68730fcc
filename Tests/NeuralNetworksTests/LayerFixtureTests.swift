import Formats
import Foundation
import NeuralNetworks
import Spectral
import Tensors
import TestSupport
import Testing

/// Single layers beside what PyTorch computes in float64; see Fixtures/README.md.
@Suite struct LayerFixtureTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let testDescription: String
    let mode: PassMode
    let element: any NetworkElement

    init(_ name: String, mode: PassMode = .training(RandomStream(seed: 1)), _ element: any NetworkElement) {
      testDescription = name
      self.mode = mode
      self.element = element
    }
  }

  private static func conv(
    _ inputs: Int, _ outputs: Int, _ kernel: Extent2D, stride: Extent2D = 1, padding: ConvolutionPadding = 0,
    dilation: Extent2D = 1, groups: Int = 1, bias: BiasSharing = .channel, boundary: Boundary = .zero,
    value: Double = 0
  ) -> Conv2D {
    Conv2D(
      inputChannels: inputs, outputChannels: outputs, kernelSize: kernel, stride: stride, padding: padding,
      dilation: dilation, groups: groups, bias: bias, boundary: boundary, paddingValue: value)
  }

  private static func extent(_ height: Int, _ width: Int) -> Extent2D { Extent2D(height: height, width: width) }

  static let convolutions: [Case] = [
    Case("conv", conv(2, 3, 3)),
    Case("conv padding", conv(2, 3, 3, padding: 1)),
    Case("conv stride", conv(2, 3, 3, stride: 2, padding: 1)),
    Case("conv not square", conv(1, 2, extent(3, 2), stride: extent(1, 2), padding: .symmetric(extent(0, 1)))),
    Case("conv dilated", conv(2, 3, 3, padding: 2, dilation: 2)),
    Case("conv dilated stride", conv(2, 2, 3, stride: 3, padding: .symmetric(extent(1, 2)), dilation: extent(1, 2))),
    Case("conv groups", conv(4, 6, 3, padding: 1, groups: 2)),
    Case("conv depthwise", conv(3, 6, 3, padding: 1, groups: 3)),
    Case("conv same even", conv(2, 2, 4, padding: .same)),
    Case("conv large", conv(3, 4, 9, padding: 4)),
    Case("conv no bias", conv(2, 2, 1, bias: .none)),
    Case("conv asymmetric", conv(2, 3, 3, stride: 2, padding: .sides(Padding(top: 2, bottom: 0, left: 0, right: 1)))),
    Case(
      "conv padding value",
      conv(2, 3, 3, stride: 2, padding: .sides(Padding(top: 1, bottom: 2, left: 1, right: 2)), value: -1)),
    Case("conv circular", conv(2, 3, 3, padding: 1, boundary: .circular)),
    Case("conv reflect", conv(2, 3, 5, padding: 2, boundary: .reflect)),
    Case("conv replicate", conv(2, 3, 3, stride: 2, padding: 1, boundary: .replicate)),
    Case("conv symmetric", conv(2, 3, 5, padding: 2, boundary: .symmetric)),
    Case("conv unit bias", conv(2, 3, 3, stride: 2, bias: .unit)),
    Case(
      "conv connections",
      Conv2D(
        inputChannels: 3, outputChannels: 3, kernelSize: 3, padding: 1,
        connections: ConnectionTable([[0, 2], [1], [0, 1, 2]]))),
    Case("separable", depthwiseSeparableConv2D(inputChannels: 3, outputChannels: 5, kernelSize: 3, padding: 1)),
    Case(
      "conv1d",
      Conv1D(inputChannels: 2, outputChannels: 4, kernelSize: 3, stride: 2, padding: 2, dilation: 2, groups: 2)),
    Case("transposed", TransposedConv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3)),
    Case(
      "transposed stride",
      TransposedConv2D(
        inputChannels: 4, outputChannels: 6, kernelSize: 3, stride: 2, padding: 1, outputPadding: 1, groups: 2)),
    Case(
      "transposed dilated",
      TransposedConv2D(
        inputChannels: 2, outputChannels: 3, kernelSize: extent(2, 3), stride: extent(3, 2), dilation: 2,
        hasBias: false)),
    Case(
      "local",
      LocallyConnected2D(
        inputChannels: 2, outputChannels: 3, kernelSize: 3, stride: 2,
        padding: .sides(Padding(top: 0, bottom: 1, left: 0, right: 1)))),
    Case("local padded", LocallyConnected2D(inputChannels: 2, outputChannels: 2, kernelSize: 5, padding: .same)),
    Case("global filter even", GlobalFilter2D(channels: 2)),
    Case("global filter odd", GlobalFilter2D(channels: 2)),
    Case("squeeze excitation", SqueezeExcitation(channels: 4, squeezedChannels: 2)),
  ]

  static let others: [Case] = [
    Case("dense", Dense(inputCount: 7, outputCount: 5)),
    Case("max pool", MaxPool2D(kernelSize: 2)),
    Case("max pool overlapping", MaxPool2D(kernelSize: 3, stride: 2, padding: 1)),
    Case("average pool", AveragePool2D(kernelSize: 3, stride: 2, padding: 1)),
    Case("adaptive average pool", AdaptiveAveragePool2D(outputSize: extent(3, 4))),
    Case("global average pool", GlobalAveragePool2D()),
    Case("global max pool", GlobalMaxPool2D()),
    Case("spectral pool even", SpectralPool2D(outputSize: extent(4, 6))),
    Case("spectral pool odd", SpectralPool2D(outputSize: extent(5, 3))),
    Case("batch norm 1d", BatchNorm1D(channels: 5)),
    Case("batch norm signals", BatchNorm1D(channels: 3)),
    Case("batch norm 2d", BatchNorm2D(channels: 3)),
    Case("batch norm one image", BatchNorm2D(channels: 3)),
    Case("batch norm evaluation", mode: .evaluation, BatchNorm2D(channels: 3)),
    Case("layer norm", LayerNorm(shape: [4, 3])),
    Case("gelu", GELU()),
    Case("gelu tanh", GELU(approximation: .tanh)),
    Case("leaky relu", LeakyReLU(slope: 0.2)),
    Case("relu", ReLU()),
    Case("tanh", Tanh()),
    Case("sigmoid", Sigmoid()),
    Case("softmax", Softmax()),
    Case("softmax channels", Softmax()),
    Case("upsample nearest", Upsample2D(factor: extent(2, 3))),
    Case("upsample bilinear", Upsample2D(factor: 2, interpolation: .bilinear)),
    Case("upsample corners", Upsample2D(factor: 3, interpolation: .bilinearCorners)),
    Case("zero pad", ZeroPad2D(Padding(top: 0, bottom: 3, left: 1, right: 2))),
    Case("crop", Crop2D(Padding(top: 0, bottom: 1, left: 1, right: 2))),
  ]

  private let archive: NPZArchive

  init() throws { archive = try NPZ.read(Places.fixture("layers.npz")) }

  private func wave<S: NetworkScalar>(_ shape: [Int], _ frequency: Double, _ phase: Double, scale: Double) -> Tensor<S>
  {
    Tensor((0..<shape.reduce(1, *)).map { S(scale * sin(frequency * Double($0) + phase)) }, shape: shape)
  }

  private func check<S: NetworkScalar>(_ item: Case, tolerance: S) throws {
    let key = item.testDescription
    let expectedOutput: Tensor<S> = try archive["\(key)/y"].tensor()
    let expectedGradient: Tensor<S> = try archive["\(key)/x"].tensor()
    let network = try Network(inputShape: Array(expectedGradient.shape.dropFirst()), layers: [item.element])
    let weights = Weights<S>(
      network.parameters.map { parameter in
        let name = parameter.name.split(separator: ".").last!
        let values: Tensor<S> = wave(parameter.shape, 0.7, 1.3 * Double(name.count), scale: 0.5)
        guard parameter.role == .state else { return (parameter.name, values) }
        return (parameter.name, Tensor(repeating: name == "running_var" ? 1 : 0, shape: parameter.shape))
      })
    let images: Tensor<S> = wave(expectedGradient.shape, 0.37, 0.2, scale: 1.5)
    let direction: Tensor<S> = wave(expectedOutput.shape, 0.53, 0.4, scale: 1)
    let found = try network.pullback(direction, images: images, weights: weights, mode: item.mode)
    #expect(relativeError(found.outputs, expectedOutput) < tolerance, "outputs")
    #expect(relativeError(found.images, expectedGradient) < tolerance, "images")
    for (number, name) in found.weights.names.enumerated() {
      let expected: Tensor<S> = try archive["\(key)/\(number)"].tensor()
      #expect(relativeError(found.weights[name]!.reshaped(expected.shape), expected) < tolerance, "\(name)")
    }
    #expect(!archive.names.contains("\(key)/\(found.weights.names.count)"), "a gradient is missing")
    let applied = try Predictor(network, weights: weights).outputs(images)
    let unchanged = try network.pullback(direction, images: images, weights: weights, mode: .evaluation).outputs
    #expect(relativeError(applied, unchanged) < tolerance, "prediction")
  }

  @Test(arguments: convolutions + others) func agreesInDouble(_ item: Case) throws {
    try check(item, tolerance: 1e-12)
  }

  @Test(arguments: convolutions + others) func agreesInFloat(_ item: Case) throws {
    try check(item, tolerance: Float(1e-5))
  }

  @Test(arguments: convolutions + others) func agreesWithCentralDifferences(_ item: Case) throws {
    let shape = try archive["\(item.testDescription)/x"].tensor(as: Double.self).shape
    let network = try Network(inputShape: Array(shape.dropFirst()), layers: [item.element])
    try checkGradients(network, count: shape[0], seed: 5, mode: item.mode)
  }
}
