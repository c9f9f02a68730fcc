import Spectral
import Tensors
import TestSupport
import Testing

private let opposedMagnitudes: [(Float, Float)] = {
  let tiny = Float.leastNormalMagnitude / 1024
  return [(3e38, 1e-30), (1e-30, 3e38), (tiny, 1e30), (1e30, tiny)]
}()

@Suite struct NonFiniteTests {
  @Test(arguments: ConvolutionMethod.allCases, Boundary.allCases)
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
        _ = try serves(method) { method in
          let y = try convolve(image, kernel, mode: mode, boundary: boundary, method: method)
          let expected = try convolve(zeroed, kernel, mode: mode, boundary: boundary, method: method)
          let hits = try convolve(marks, ones, mode: mode, boundary: boundary, method: .direct)
          #expect(isMarked(y, expected, hits), "\(method) \(mode) \(kernel.shape)")
        }
      }
    }
  }

  /// In a bank the window reaches over the channels of its group, with stride and dilation only over what a tap reads.
  @Test(arguments: ConvolutionMethod.allCases, [false, true])
  func inBanksTheWindowReachesOverTheGroup(method: ConvolutionMethod, isTransposed: Bool) throws {
    for instance in ConvolutionCase.random.prefix(24) {
      _ = try serves(method) { method in
        let clean = isTransposed ? instance.resultGradient : instance.images
        let plan = try ImageConvolutionPlan<Double>(
          request(instance, isTransposed), images: clean.shape, kernel: instance.bank.shape, method: method)
        let place = Int(instance.seed) * 7 % clean.count
        var (images, zeroed, marks) = (clean.elements, clean.elements, [Double](repeating: 0, count: clean.count))
        (images[place], zeroed[place], marks[place]) = (.nan, 0, 1)
        let ones = Tensor<Double>(repeating: 1, shape: instance.bank.shape)
        let hits =
          isTransposed
          ? ConvolutionDefinition.gradientInput(
            Tensor(marks, shape: clean.shape), ones, instance.shape, boundary: instance.boundary)
          : ConvolutionDefinition.forward(
            Tensor(marks, shape: clean.shape), ones, instance.shape, boundary: instance.boundary)
        let workspace = plan.makeWorkspace()
        let bank = plan.prepare(instance.bank)
        let y = plan.apply(bank, to: Tensor(images, shape: clean.shape), workspace: workspace)
        let expected = plan.apply(bank, to: Tensor(zeroed, shape: clean.shape), workspace: workspace)
        #expect(isMarked(y, expected, hits, rounding: 1e-12), "\(method) \(instance)")
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases, [Double.nan, .infinity])
  func aNonFiniteWeightMakesEveryOutputNaN(method: ConvolutionMethod, weight: Double) throws {
    var kernel = Tensor<Double>(repeating: 1, shape: [3, 3])
    kernel[2, 0] = weight
    let y = try? convolve(Tensor<Double>.zeros([6, 5]), kernel, mode: .full, boundary: .zero, method: method)
    #expect(y == nil || y!.shape == [8, 7] && y!.elements.allSatisfy { $0.isNaN })
    var bank: Tensor<Double> = randomTensor([4, 1, 3, 3], seed: 53)
    let images: Tensor<Double> = randomTensor([2, 6, 6], seed: 54)
    let clean = try? crossCorrelate(images, bank: bank, groups: 2, method: method)
    bank[1, 0, 2, 2] = weight
    guard let clean, let y = try? crossCorrelate(images, bank: bank, groups: 2, method: method) else { return }
    #expect(y[rows: 1..<2].elements.allSatisfy { $0.isNaN })
    #expect(relativeError(y[rows: 2..<4], clean[rows: 2..<4]) < 1e-13)
    #expect(relativeError(y[rows: 0..<1], clean[rows: 0..<1]) < 1e-13)
  }

  @Test(arguments: ConvolutionMethod.allCases, [1e30, 1e38, 1e-30] as [Float])
  func finiteSamplesNeitherOverflowNorUnderflow(method: ConvolutionMethod, magnitude: Float) throws {
    let x = randomTensor([20, 20], seed: 61, as: Float.self).map { $0 / 8 }
    let k = randomTensor([3, 3], seed: 62, as: Float.self)
    let expected = try convolve(x, k, mode: .same, boundary: .zero, method: .direct)
    _ = try serves(method) { method in
      let y = try convolve(
        magnitude * x, (1 / magnitude) * k, mode: .same, boundary: .zero, method: method)
      #expect((y - expected).norm <= 100 * Float.epsilon * expected.norm)
    }
  }

  @Test(arguments: ConvolutionMethod.allCases, opposedMagnitudes)
  func opposedExponentsMeetBeforeTheyLeaveTheRange(method: ConvolutionMethod, magnitudes: (Float, Float)) throws {
    let image = Tensor<Float>(repeating: magnitudes.0, shape: [6, 6])
    let kernel = Tensor<Float>(repeating: magnitudes.1, shape: [3, 3])
    let expected = 9 * Double(magnitudes.0) * Double(magnitudes.1)
    _ = try serves(method) { method in
      let y = try convolve(image, kernel, mode: .valid, boundary: .zero, method: method)
      #expect(y.elements.allSatisfy { abs(Double($0) / expected - 1) <= 100 * Double(Float.epsilon) })
    }
  }

  /// A method that looks at samples on its way sees those of every tile, and of each image by itself.
  @Test(arguments: [ConvolutionMethod.overlapSave, .fft])
  func imagesAreLookedAtOneByOne(method: ConvolutionMethod) throws {
    let clean: Tensor<Float> = randomTensor([300, 310], seed: 65)
    let kernel: Tensor<Float> = randomTensor([9, 20], seed: 66)
    var spoilt = clean
    spoilt[290, 301] = .infinity
    let images = [clean, clean.map { 1e-37 * $0 }, spoilt]
    let batch = Tensor(images.flatMap(\.elements), shape: [3, 300, 310])
    let results = try convolve(batch, kernel, mode: .same, boundary: .zero, method: method)
    for (index, image) in images.enumerated() {
      let alone = try convolve(image, kernel, mode: .same, boundary: .zero, method: method)
      let together = Array(results.elements[index * alone.count..<(index + 1) * alone.count])
      #expect(zip(together, alone.elements).allSatisfy { $0 == $1 || $0.isNaN && $1.isNaN }, "image \(index)")
    }
    let direct = try convolve(spoilt, kernel, mode: .same, boundary: .zero, method: .direct)
    let lost = results.elements.suffix(direct.count).map(\.isNaN)
    #expect(lost == direct.elements.map(\.isNaN) && lost.contains(true) && lost.contains(false))
  }

  /// Each image of a batch and each kernel of a bank has a range of its own.
  @Test(arguments: ConvolutionMethod.allCases)
  func rangesDoNotMix(method: ConvolutionMethod) throws {
    let images: Tensor<Float> = randomTensor([3, 1, 8, 8], seed: 63)
    let bank: Tensor<Float> = randomTensor([2, 1, 3, 3], seed: 64)
    let (imageScales, kernelScales): ([Float], [Float]) = ([1e-36, 1, 1e37], [1e36, 1e-35])
    let scaledImages = Tensor(
      (0..<images.count).map { images.elements[$0] * imageScales[$0 / 64] }, shape: images.shape)
    let scaledBank = Tensor((0..<bank.count).map { bank.elements[$0] * kernelScales[$0 / 9] }, shape: bank.shape)
    _ = try serves(method) { method in
      let expected = try crossCorrelate(images, bank: bank, method: method)
      let y = try crossCorrelate(scaledImages, bank: scaledBank, method: method)
      for index in 0..<y.count {
        let (image, filter) = (index / 36 / 2, index / 36 % 2)
        let value = Double(expected.elements[index]) * Double(imageScales[image]) * Double(kernelScales[filter])
        let scale = Double(imageScales[image]) * Double(kernelScales[filter])
        if scale > 1e-30 && scale < 1e30 {
          #expect(abs(Double(y.elements[index]) - value) <= 1e-4 * scale, "\(method) image \(image) kernel \(filter)")
        }
      }
    }
  }
}

private func request(_ instance: ConvolutionCase, _ isTransposed: Bool) -> ConvolutionRequest {
  let shape = instance.shape
  var request = ConvolutionRequest(.crossCorrelation, .padding(shape.padding), boundary: instance.boundary)
  request.stride = .init(y: shape.strideY, x: shape.strideX)
  request.dilation = .init(y: shape.dilationY, x: shape.dilationX)
  request.groups = shape.groups
  request.isTransposed = isTransposed
  // Rows and columns that no window reaches, because of the stride.
  let height = (shape.outputHeight - 1) * shape.strideY + (shape.kernelHeight - 1) * shape.dilationY + 1
  let width = (shape.outputWidth - 1) * shape.strideX + (shape.kernelWidth - 1) * shape.dilationX + 1
  request.outputPadding = .init(
    y: shape.inputHeight + shape.padding.top + shape.padding.bottom - height,
    x: shape.inputWidth + shape.padding.left + shape.padding.right - width)
  return request
}

/// Whether `y` is NaN exactly where `hits` is more than 0, and elsewhere `expected`, to the rounding that images which
/// are transformed together leave on each other.
private func isMarked<S: SpectralScalar, T: SpectralScalar>(
  _ y: Tensor<S>, _ expected: Tensor<S>, _ hits: Tensor<T>, rounding: S = 0
) -> Bool {
  y.shape == expected.shape
    && zip(y.elements, zip(expected.elements, hits.elements)).allSatisfy { value, other in
      other.1 > 0.5 ? value.isNaN : abs(value - other.0) <= rounding
    }
}
