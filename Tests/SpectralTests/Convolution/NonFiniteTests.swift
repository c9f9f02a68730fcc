import Spectral
import Tensors
import TestSupport
import Testing

private let methods: [ConvolutionMethod] = [.direct, .im2col, .fft]

private let opposedMagnitudes: [(Float, Float)] = {
  let tiny = Float.leastNormalMagnitude / 1024
  return [(3e38, 1e-30), (1e-30, 3e38), (tiny, 1e30), (1e30, tiny)]
}()

@Suite struct NonFiniteTests {
  @Test(arguments: methods, Boundary.allCases)
  func outputsAreNaNExactlyWhereTheWindowHoldsANonFiniteSample(method: ConvolutionMethod, boundary: Boundary) throws {
    let clean = randomTensor([11, 14], seed: 51, as: Float.self)
    let places = [(0, 0, Float.nan), (5, 9, .infinity), (10, 13, -.infinity)]
    var (image, zeroed, marks) = (clean, clean, Tensor<Float>.zeros([11, 14]))
    for (row, column, value) in places {
      image[row, column] = value
      zeroed[row, column] = 0
      marks[row, column] = 1
    }
    for (kernelHeight, kernelWidth) in [(3, 3), (2, 5), (1, 1), (13, 4)] {
      var kernel = randomTensor([kernelHeight, kernelWidth], seed: 52, as: Float.self)
      kernel[0, 0] = 0
      let ones = Tensor<Float>(repeating: 1, shape: kernel.shape)
      for mode in ConvolutionMode.allCases where mode != .valid || kernelHeight <= 11 {
        let y = try convolve(image, kernel, mode: mode, boundary: boundary, method: method)
        let expected = try convolve(zeroed, kernel, mode: mode, boundary: boundary, method: method)
        let hits = try convolve(marks, ones, mode: mode, boundary: boundary, method: .direct)
        for index in 0..<y.count {
          let (value, hit) = (y.elements[index], hits.elements[index] > 0.5)
          #expect(hit ? value.isNaN : value == expected.elements[index], "\(mode) \(kernel.shape) at \(index)")
        }
      }
    }
  }

  @Test(arguments: methods, [Double.nan, .infinity])
  func aNonFiniteWeightMakesEveryOutputNaN(method: ConvolutionMethod, weight: Double) throws {
    var kernel = Tensor<Double>(repeating: 1, shape: [3, 3])
    kernel[2, 0] = weight
    let y = try convolve(Tensor<Double>.zeros([6, 5]), kernel, mode: .full, boundary: .zero, method: method)
    #expect(y.shape == [8, 7] && y.elements.allSatisfy { $0.isNaN })
  }

  @Test(arguments: methods, [1e30, 1e38, 1e-30] as [Float])
  func finiteSamplesNeitherOverflowNorUnderflow(method: ConvolutionMethod, magnitude: Float) throws {
    let x = randomTensor([20, 20], seed: 61, as: Float.self).map { $0 / 8 }
    let k = randomTensor([3, 3], seed: 62, as: Float.self)
    let expected = try convolve(x, k, mode: .same, boundary: .zero, method: .direct)
    let y = try convolve(
      magnitude * x, (1 / magnitude) * k, mode: .same, boundary: .zero, method: method)
    #expect((y - expected).norm <= 100 * Float.epsilon * expected.norm)
  }

  @Test(arguments: methods, opposedMagnitudes)
  func opposedExponentsMeetBeforeTheyLeaveTheRange(method: ConvolutionMethod, magnitudes: (Float, Float)) throws {
    let image = Tensor<Float>(repeating: magnitudes.0, shape: [6, 6])
    let kernel = Tensor<Float>(repeating: magnitudes.1, shape: [3, 3])
    let expected = 9 * Double(magnitudes.0) * Double(magnitudes.1)
    let y = try convolve(image, kernel, mode: .valid, boundary: .zero, method: method)
    #expect(y.elements.allSatisfy { abs(Double($0) / expected - 1) <= 100 * Double(Float.epsilon) })
  }
}
