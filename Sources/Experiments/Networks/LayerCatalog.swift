import NeuralNetworks
import Tensors

/// How the layers of a network file are made, by the names that they have in Swift.
///
/// What follows from the shape that comes in, such as the number of input channels, may be left out.
enum LayerCatalog {
  /// Makes a layer from its settings and the shape of what comes in.
  typealias Maker = @Sendable (inout LayerArguments, [Int]) throws -> any NetworkElement

  /// A layer's name, the setting that a single value stands for, and how it is made.
  struct Entry: Sendable {
    let name: String
    let main: String?
    let make: Maker

    init(_ name: String, main: String? = nil, _ make: @escaping Maker) {
      self.name = name
      self.main = main
      self.make = make
    }
  }

  /// All layers.
  static let entries = convolutions + poolings + normalizations + activations + shapes

  private static let poolings = [
    Entry("MaxPool2D", main: "kernelSize") { settings, _ in
      let (size, stride, padding) = try windows(&settings)
      return MaxPool2D(kernelSize: size, stride: stride, padding: padding)
    },
    Entry("AveragePool2D", main: "kernelSize") { settings, _ in
      let (size, stride, padding) = try windows(&settings)
      return AveragePool2D(kernelSize: size, stride: stride, padding: padding)
    },
    Entry("AdaptiveAveragePool2D", main: "outputSize") { settings, _ in
      AdaptiveAveragePool2D(outputSize: try settings.extent("outputSize"))
    },
    Entry("GlobalAveragePool2D") { _, _ in GlobalAveragePool2D() },
    Entry("GlobalMaxPool2D") { _, _ in GlobalMaxPool2D() },
    Entry("SpectralPool2D", main: "outputSize") { settings, _ in
      SpectralPool2D(outputSize: try settings.extent("outputSize"))
    },
  ]

  private static func windows(
    _ settings: inout LayerArguments
  ) throws -> (size: Extent2D, stride: Extent2D, padding: Extent2D) {
    let size = try settings.extent("kernelSize")
    let padding = try settings.extent("padding", atLeast: 0, default: 0)
    guard 2 * padding.height <= size.height && 2 * padding.width <= size.width else {
      throw settings.place.error("expected a padding of at most half the window \(size), found \(padding)")
    }
    return (size, try settings.extent("stride", default: size), padding)
  }

  private static let normalizations = [
    Entry("BatchNorm1D", main: "channels") { settings, shape in
      let (channels, epsilon, momentum) = try normalization(&settings, shape)
      return BatchNorm1D(channels: channels, epsilon: epsilon, momentum: momentum)
    },
    Entry("BatchNorm2D", main: "channels") { settings, shape in
      let (channels, epsilon, momentum) = try normalization(&settings, shape)
      return BatchNorm2D(channels: channels, epsilon: epsilon, momentum: momentum)
    },
    Entry("LayerNorm") { settings, shape in LayerNorm(shape: shape, epsilon: try settings.epsilon()) },
    Entry("Dropout", main: "probability") { settings, _ in
      Dropout(try settings.number("probability", in: 0...0.999, default: 0.5))
    },
  ]

  private static func normalization(
    _ settings: inout LayerArguments, _ shape: [Int]
  ) throws -> (channels: Int, epsilon: Double, momentum: Double) {
    (
      try settings.count("channels", default: shape[0]), try settings.epsilon(),
      try settings.number("momentum", in: 0...1, default: 0.1)
    )
  }

  private static let activations = [
    Entry("ReLU") { _, _ in ReLU() },
    Entry("LeakyReLU", main: "slope") { settings, _ in
      LeakyReLU(slope: try settings.number("slope", in: 1e-9...1e9, default: 0.01))
    },
    Entry("GELU", main: "approximation") { settings, _ in
      GELU(approximation: try settings.choice("approximation", default: GELU.Approximation.none))
    },
    Entry("Sigmoid") { _, _ in Sigmoid() },
    Entry("Tanh") { _, _ in Tanh() },
    Entry("Softmax") { _, _ in Softmax() },
    Entry("Identity") { _, _ in Identity() },
    Entry("SqueezeExcitation", main: "squeezedChannels") { settings, shape in
      SqueezeExcitation(
        channels: try settings.count("channels", default: shape[0]),
        squeezedChannels: try settings.count("squeezedChannels"))
    },
  ]

  private static let shapes = [
    Entry("Flatten") { _, _ in Flatten() },
    Entry("Reshape", main: "shape") { settings, _ in Reshape(try settings.sizes("shape")) },
    Entry("Upsample2D", main: "factor") { settings, _ in
      Upsample2D(
        factor: try settings.extent("factor"),
        interpolation: try settings.choice("interpolation", default: Upsample2D.Interpolation.nearest))
    },
    Entry("ZeroPad2D", main: "margins") { settings, _ in ZeroPad2D(try settings.sides("margins")) },
    Entry("Crop2D", main: "margins") { settings, _ in Crop2D(try settings.sides("margins")) },
    Entry("Dense", main: "outputCount") { settings, shape in
      Dense(
        inputCount: try settings.count("inputCount", default: shape.reduce(1, *)),
        outputCount: try settings.count("outputCount"), hasBias: try settings.flag("hasBias", default: true))
    },
  ]
}
