import NeuralNetworks
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct LayerGradientTests {
  struct Case: CustomTestStringConvertible, Sendable {
    let layer: any Layer
    let inputShape: [Int]
    let count: Int
    let testDescription: String

    init(_ layer: any Layer, _ inputShape: [Int], count: Int = 2, _ note: String = "") {
      self.layer = layer
      self.inputShape = inputShape
      self.count = count
      testDescription = "\(layer.name) \(note) on \(count) of \(inputShape)"
    }
  }

  static let convolutions: [Case] = [
    Case(Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 3, padding: 1), [1, 5, 6], "padding 1"),
    Case(Conv2D(inputChannels: 2, outputChannels: 3, kernelSize: 3), [2, 5, 5], count: 3, "no padding"),
    Case(Conv2D(inputChannels: 2, outputChannels: 1, kernelSize: 3, stride: 2, padding: 1), [2, 6, 7], "stride 2"),
    Case(Conv2D(inputChannels: 1, outputChannels: 2, kernelSize: 2, stride: 3), [1, 6, 7], count: 1, "stride 3"),
    Case(
      Conv2D(
        inputChannels: 1, outputChannels: 2, kernelSize: Extent2D(height: 3, width: 2),
        stride: Extent2D(height: 1, width: 2), padding: .symmetric(Extent2D(height: 0, width: 1))), [1, 6, 5],
      "not square"),
    Case(
      Conv2D(
        inputChannels: 2, outputChannels: 2, kernelSize: 4,
        padding: .same), [2, 5, 4], "same"),
    Case(Conv2D(inputChannels: 1, outputChannels: 1, kernelSize: 7, padding: 3), [1, 4, 4], "kernel above image"),
    Case(Conv2D(inputChannels: 2, outputChannels: 2, kernelSize: 1, bias: .none), [2, 3, 3], "no bias"),
    Case(Conv2D(inputChannels: 2, outputChannels: 5, kernelSize: 3, padding: 1, method: .fft), [2, 6, 5], "fft"),
    Case(Conv2D(inputChannels: 2, outputChannels: 5, kernelSize: 3, padding: 1, method: .im2col), [2, 6, 5], "im2col"),
    Case(Conv2D(inputChannels: 2, outputChannels: 5, kernelSize: 3, padding: 1, method: .direct), [2, 4, 8], "direct"),
  ]

  static let others: [Case] = [
    Case(Dense(inputCount: 5, outputCount: 3), [5], count: 4),
    Case(Dense(inputCount: 1, outputCount: 1, hasBias: false), [1], count: 1, "no bias"),
    Case(MaxPool2D(kernelSize: 2), [2, 4, 6]),
    Case(MaxPool2D(kernelSize: 2), [1, 16, 16], count: 1),
    Case(MaxPool2D(kernelSize: 2), [2, 6, 8], count: 3),
    Case(MaxPool2D(kernelSize: 2), [1, 4, 27], count: 1, "odd width"),
    Case(MaxPool2D(kernelSize: 2), [2, 5, 7], "odd"),
    Case(MaxPool2D(kernelSize: 3, stride: 2, padding: 1), [2, 5, 6], "overlapping, padded"),
    Case(
      MaxPool2D(kernelSize: Extent2D(height: 2, width: 3), stride: Extent2D(height: 1, width: 2)), [1, 4, 5],
      "not square"),
    Case(AveragePool2D(kernelSize: 2), [2, 4, 5]),
    Case(AveragePool2D(kernelSize: 3, stride: 2, padding: 1), [2, 5, 6], "overlapping, padded"),
    Case(AveragePool2D(kernelSize: Extent2D(height: 1, width: 4)), [1, 3, 8], count: 1, "not square"),
    Case(GlobalAveragePool2D(), [3, 4, 5]),
    Case(ReLU(), [2, 3, 4], count: 3),
    Case(LeakyReLU(slope: 0.2), [2, 3, 4], count: 3),
    Case(GELU(), [2, 3, 4], count: 3),
    Case(GELU(approximation: .tanh), [7], count: 3, "tanh"),
    Case(Softmax(), [7], count: 3),
    Case(Softmax(), [3, 2, 3], "over channels"),
    Case(LayerNorm(shape: [7]), [7], count: 3),
    Case(LayerNorm(shape: [2, 3]), [4, 2, 3], "last axes"),
    Case(BatchNorm1D(channels: 5), [5], count: 4),
    Case(BatchNorm1D(channels: 3), [3, 4], count: 3, "signals"),
    Case(BatchNorm2D(channels: 3), [3, 2, 4], count: 3),
    Case(Identity(), [3]),
    Case(Dropout(0.3), [5], count: 3),
    Case(Tanh(), [2, 3, 4], count: 3),
    Case(Sigmoid(), [7], count: 3),
    Case(Flatten(), [2, 3, 4]),
  ]

  @Test(arguments: convolutions + others) func agreesWithCentralDifferences(_ item: Case) throws {
    try checkGradients(Network(inputShape: item.inputShape, layers: [item.layer]), count: item.count, seed: 7)
  }

  @Test(arguments: convolutions + others) func agreesWithCentralDifferencesInsideANetwork(_ item: Case) throws {
    let before: [any Layer] =
      item.inputShape.count == 3
      ? [Conv2D(inputChannels: item.inputShape[0], outputChannels: item.inputShape[0], kernelSize: 1), Tanh()]
      : item.inputShape.count == 2
        ? [Conv1D(inputChannels: item.inputShape[0], outputChannels: item.inputShape[0], kernelSize: 1), Tanh()]
        : [Dense(inputCount: item.inputShape[0], outputCount: item.inputShape[0]), Sigmoid()]
    let network = try Network(inputShape: item.inputShape, layers: before + [item.layer, Tanh(), Sigmoid()])
    try checkGradients(network, count: item.count, seed: 11)
  }

  @Test(arguments: others) func agreesWithCentralDifferencesInTraining(_ item: Case) throws {
    let before: [any Layer] =
      item.inputShape.count == 3
      ? [Conv2D(inputChannels: item.inputShape[0], outputChannels: item.inputShape[0], kernelSize: 1), Tanh()] : []
    let network = try Network(inputShape: item.inputShape, layers: before + [item.layer, Tanh()])
    try checkGradients(network, count: item.count, seed: 17, mode: .training(RandomStream(seed: 5)))
  }

  @Test func anInPlaceLayerDoesNotDestroyWhatAnotherNeeds() throws {
    let network = try Network(
      inputShape: [6], layers: [Tanh(), Sigmoid(), Dense(inputCount: 6, outputCount: 2), Tanh(), ReLU()])
    try checkGradients(network, count: 3, seed: 13)
  }

  @Test(arguments: Architecture.ofAnySize, [[1, 8, 8], [2, 5, 7], [1, 4, 4]])
  func architecturesAgreeWithCentralDifferences(_ architecture: Architecture, _ shape: [Int]) throws {
    let network = try architecture.network(inputShape: shape, classCount: 3)
    let weights = Weights<Double>(initializing: network, from: RandomStream(seed: 3))
    let images: Tensor<Double> = randomTensor([3] + shape, seed: 4)
    let direction: Tensor<Double> = randomTensor([3, 3], seed: 5)
    let pullback = try network.pullback(direction, images: images, weights: weights)
    for (number, name) in pullback.weights.names.enumerated() {
      let along: Tensor<Double> = randomTensor(weights[name]!.shape, seed: 100 + UInt64(number))
      func value(_ step: Double) throws -> Double {
        var moved = weights
        moved[name]!.add(along, times: step)
        return try Predictor(network, weights: moved).outputs(images).dot(direction)
      }
      let difference = try (value(1e-6) - value(-1e-6)) / 2e-6
      let derivative = pullback.weights[name]!.dot(along)
      #expect(abs(derivative - difference) < 1e-6 * max(1, abs(difference)), "\(name)")
    }
  }
}
