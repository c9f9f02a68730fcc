import NeuralNetworks
import Tensors
import TestSupport
import Testing

@Suite struct LayerValueTests {
  /// Applies one layer to one item, with the given weights.
  private func apply(
    _ layer: any Layer, to input: Tensor<Double>, weights: [(name: String, tensor: Tensor<Double>)] = []
  ) throws -> Tensor<Double> {
    let network = try Network(inputShape: input.shape, layers: [layer])
    let output = try Predictor(network, weights: Weights(weights)).outputs(input.reshaped([1] + input.shape))
    return output.reshaped(Array(output.shape.dropFirst()))
  }

  @Test func convolutionDoesNotFlipItsKernel() throws {
    let image = Tensor<Double>([1, 2, 3, 4, 5, 6, 7, 8, 9], shape: [1, 3, 3])
    let kernel = Tensor<Double>([1, 0, 0, 10], shape: [1, 1, 2, 2])
    let output = try apply(
      Conv2D(inputChannels: 1, outputChannels: 1, kernelSize: 2), to: image,
      weights: [("0.weight", kernel), ("0.bias", Tensor([100]))])
    #expect(output == Tensor([151, 162, 184, 195], shape: [1, 2, 2]))
  }

  @Test func denseMultipliesRowsOfItsWeights() throws {
    let output = try apply(
      Dense(inputCount: 2, outputCount: 3), to: Tensor([1, 10]),
      weights: [("0.weight", Tensor([1, 2, 3, 4, 5, 6], shape: [3, 2])), ("0.bias", Tensor([100, 200, 300]))])
    #expect(output == Tensor([121, 243, 365]))
  }

  @Test func poolingValuesByHand() throws {
    let image = Tensor<Double>([1, -2, 3, 4, 5, 6, -7, 8, 9], shape: [1, 3, 3])
    #expect(try apply(MaxPool2D(kernelSize: 2), to: image) == Tensor([5], shape: [1, 1, 1]))
    #expect(try apply(MaxPool2D(kernelSize: 2, stride: 1), to: image) == Tensor([5, 6, 8, 9], shape: [1, 2, 2]))
    #expect(try apply(AveragePool2D(kernelSize: 2), to: image) == Tensor([2], shape: [1, 1, 1]))
    let padded = try apply(AveragePool2D(kernelSize: 2, stride: 2, padding: 1), to: image)
    #expect(padded == Tensor([0.25, 0.25, -0.75, 7], shape: [1, 2, 2]))
    let negative = Tensor<Double>([-1, -2, -3, -4], shape: [1, 2, 2])
    #expect(
      try apply(MaxPool2D(kernelSize: 2, padding: 1), to: negative) == Tensor([-1, -2, -3, -4], shape: [1, 2, 2]))
    #expect(try apply(GlobalAveragePool2D(), to: negative) == Tensor([-2.5], shape: [1, 1, 1]))
  }

  @Test func aMaximumIsNotANumberWhereItsWindowHoldsOne() throws {
    for width in [2, 8, 16, 18] {
      for place in 0..<2 * width {
        var image: Tensor<Double> = randomTensor([1, 2, width], seed: 1)
        image[0, place / width, place % width] = .nan
        let output = try apply(MaxPool2D(kernelSize: 2), to: image).elements
        #expect(output.indices.allSatisfy { output[$0].isNaN == ($0 == place % width / 2) })
      }
    }
  }

  @Test func theGradientOfAMaximumGoesToTheFirstValueThatIsNotANumber() throws {
    for width in [2, 4, 8, 16, 18] {
      let network = try Network(inputShape: [1, 2, width], layers: [MaxPool2D(kernelSize: 2)])
      for marks in 1..<16 {
        var image: Tensor<Double> = randomTensor([1, 1, 2, width], seed: 1)
        var expected = [Double](repeating: 0, count: 2 * width)
        for window in 0..<width / 2 {
          let places = [2 * window, 2 * window + 1, width + 2 * window, width + 2 * window + 1]
          let marked = places.indices.filter { marks >> $0 & 1 == 1 }.map { places[$0] }
          image.withUnsafeMutableBufferPointer { for place in marked { $0[place] = .nan } }
          expected[marked[0]] = 1
        }
        let ones = Tensor<Double>(repeating: 1, shape: [1, 1, 1, width / 2])
        let gradient = try network.pullback(ones, images: image, weights: Weights([])).images
        #expect(gradient.elements == expected, "width \(width), marks \(marks)")
      }
    }
  }

  @Test func tiesSendTheGradientToTheFirst() throws {
    for width in [2, 6, 8, 16] {
      let network = try Network(inputShape: [1, 2, width], layers: [MaxPool2D(kernelSize: 2)])
      let pullback = try network.pullback(
        Tensor<Double>(repeating: 1, shape: [1, 1, 1, width / 2]), images: .zeros([1, 1, 2, width]),
        weights: Weights([]))
      let expected = (0..<2 * width).map { $0 < width && $0 % 2 == 0 ? 1.0 : 0.0 }
      #expect(pullback.images.elements == expected)
    }
  }

  @Test func activationsByHand() throws {
    let input = Tensor<Double>([-800, -1, 0, 0.5, 800])
    #expect(try apply(ReLU(), to: input) == Tensor([0, 0, 0, 0.5, 800]))
    let tanh = try apply(Tanh(), to: input)
    #expect(relativeError(tanh, Tensor([-1, -0.7615941559557649, 0, 0.46211715726000973, 1])) < 1e-15)
    let sigmoid = try apply(Sigmoid(), to: input)
    #expect(relativeError(sigmoid, Tensor([0, 0.2689414213699951, 0.5, 0.6224593312018546, 1])) < 1e-15)
    #expect(try apply(ReLU(), to: Tensor([.nan])).elements[0].isNaN)
  }

  @Test func crossEntropyByHandAndFarOut() {
    let logits: [Double] = [1, 2, 3, 1000, 0, 0, 0, -1000, 0]
    let labels = [2, 0, 1]
    let targets = (0..<9).map { labels[$0 / 3] == $0 % 3 ? 1.0 : 0 }
    var gradient = [Double](repeating: .nan, count: 9)
    var target = gradient.mutableSpan
    let loss = SoftmaxCrossEntropy().evaluate(
      logits.span, targets: targets.span, count: 3, scale: 0.5, gradient: &target)
    #expect(abs(loss - (0.4076059644443804 + 0 + 1000.6931471805599)) < 1e-10)
    let softmax = [0.09003057317038046, 0.24472847105479767, 0.6652409557748219, 1, 0, 0, 0.5, 0, 0.5]
    let expected = softmax.enumerated().map { 0.5 * ($1 - targets[$0]) }
    #expect(zip(gradient, expected).allSatisfy { abs($0 - $1) < 1e-15 })
  }
}
