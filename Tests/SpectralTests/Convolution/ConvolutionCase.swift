import Spectral
import Tensors
import TestSupport

/// A bank at work on random images, and what its definition makes of them.
struct ConvolutionCase: Sendable, CustomStringConvertible {
  let seed: UInt64
  let shape: ConvolutionShape
  let boundary: Boundary
  let images, bank, resultGradient: Tensor<Double>
  let result, imageGradient, bankGradient: Tensor<Double>

  /// Shapes, boundaries and numbers of images drawn by a seed each; a failure names it.
  static let random: [ConvolutionCase] = (1...72).map { (seed: UInt64) in
    var stream = RandomStream(seed: seed)
    let boundary = Boundary.allCases[stream.integer(in: 0..<5)]
    return ConvolutionCase(randomShape(&stream), boundary, images: stream.integer(in: 1..<4), seed: seed)
  }

  /// Shapes that are particular in some way, with every boundary.
  static let named: [ConvolutionCase] = {
    guard let shapes = try? particularShapes() else { preconditionFailure("a particular shape is impossible") }
    return shapes.enumerated().flatMap { index, shape in
      Boundary.allCases.enumerated().map { place, boundary in
        ConvolutionCase(shape, boundary, images: 1 + place % 2, seed: UInt64(100 * index + place))
      }
    }
  }()

  init(_ shape: ConvolutionShape, _ boundary: Boundary, images count: Int, seed: UInt64) {
    (self.shape, self.boundary, self.seed) = (shape, boundary, seed)
    images = randomTensor([count] + shape.imageShape, seed: seed + 1000)
    bank = randomTensor(shape.bankShape, seed: seed + 2000)
    resultGradient = randomTensor([count] + shape.resultShape, seed: seed + 3000)
    result = ConvolutionDefinition.forward(images, bank, shape, boundary: boundary)
    imageGradient = ConvolutionDefinition.gradientInput(resultGradient, bank, shape, boundary: boundary)
    bankGradient = ConvolutionDefinition.gradientKernel(images, resultGradient, shape, boundary: boundary)
  }

  var description: String { "seed \(seed): \(images.shape[0]) images, \(boundary), \(shape)" }

  /// Sizes that fit each other; every third case has the kernels that Winograd's method serves.
  private static func randomShape(_ stream: inout RandomStream) -> ConvolutionShape {
    while true {
      let isSmall = stream.integer(in: 0..<3) == 0
      let groups = [1, 1, 1, 2, 3][stream.integer(in: 0..<5)]
      let kernel = isSmall ? (3, 3) : (stream.integer(in: 1..<10), stream.integer(in: 1..<10))
      let (strides, dilations) = isSmall ? ((1, 1), (1, 1)) : (steps(&stream), steps(&stream))
      let window = ((kernel.0 - 1) * dilations.0 + 1, (kernel.1 - 1) * dilations.1 + 1)
      let padding = Padding(
        top: stream.integer(in: 0..<window.0 + 1), bottom: stream.integer(in: 0..<window.0 + 1),
        left: stream.integer(in: 0..<window.1 + 1), right: stream.integer(in: 0..<window.1 + 1))
      let shape = try? ConvolutionShape(
        inputChannels: groups * stream.integer(in: 1..<4), outputChannels: groups * stream.integer(in: 1..<6),
        inputHeight: stream.integer(in: 1..<20), inputWidth: stream.integer(in: 1..<24), kernelHeight: kernel.0,
        kernelWidth: kernel.1, strideY: strides.0, strideX: strides.1, dilationY: dilations.0, dilationX: dilations.1,
        groups: groups, padding: padding)
      if let shape, shape.outputCount * shape.tap <= 40_000 { return shape }
    }
  }

  /// 1 half of the time, so that all four steps of a case are 1 often enough.
  private static func steps(_ stream: inout RandomStream) -> (Int, Int) {
    let choices = [1, 1, 1, 2, 3]
    return (choices[stream.integer(in: 0..<5)], choices[stream.integer(in: 0..<5)])
  }
}

extension ConvolutionShape {
  fileprivate var tap: Int { inputChannels / groups * kernelHeight * kernelWidth }
}
