import Formats
import Numerics
import Spectral
import Tensors
import TestSupport
import Testing

private let shapes = [
  [1], [2], [3], [8], [30], [31], [64], [2, 1], [3, 5], [3, 16], [5, 17], [1, 1], [1, 12], [12, 1], [7, 7], [8, 8],
  [16, 10], [13, 6], [2, 3, 5], [3, 6, 4], [2, 2, 9, 15],
]

/// Holds every transform of one shape to the definition, computed in Double.
private func check<S: SpectralScalar>(_ shape: [Int], seed: UInt64, as precision: S.Type) {
  let real = randomTensor(shape, seed: seed, as: S.self)
  let input = complexTensor(shape, seed: seed + 1, as: S.self)
  let context = "\(S.self) \(shape), seed \(seed)"
  expectClose(fft(input), DFT.transform(widened(input)), "fft \(context)")
  expectClose(ifft(input), DFT.inverse(widened(input)), "ifft \(context)")
  expectClose(rfft(real), half(DFT.transform(widened(complex(real)))), "rfft \(context)")
  expectClose(complex(irfft(rfft(real), count: shape.last ?? 0)), widened(complex(real)), "irfft \(context)")
  guard shape.count >= 2 else { return }
  expectClose(fft2(input), DFT.transform2(widened(input)), "fft2 \(context)")
  expectClose(ifft2(input), DFT.inverse2(widened(input)), "ifft2 \(context)")
  expectClose(rfft2(real), half(DFT.transform2(widened(complex(real)))), "rfft2 \(context)")
  expectClose(complex(irfft2(rfft2(real), width: shape.last ?? 0)), widened(complex(real)), "irfft2 \(context)")
}

private func expectClose<S: SpectralScalar>(
  _ actual: Tensor<Complex<S>>, _ expected: Tensor<Complex<Double>>, _ context: String
) {
  let tolerance = 4 * max(1, Double.log2(Double(max(expected.count, 1)))) * Double(S.epsilon)
  let error = relativeError(numbers(widened(actual)), numbers(expected))
  #expect(error <= tolerance, "\(context): error \(error), tolerance \(tolerance)")
}

private func complexTensor<S: SpectralScalar>(_ shape: [Int], seed: UInt64, as precision: S.Type) -> Tensor<Complex<S>>
{
  pairs(randomTensor(shape + [2], seed: seed, as: S.self))
}

private func pairs<S: SpectralScalar>(_ numbers: Tensor<S>) -> Tensor<Complex<S>> {
  let values = numbers.elements
  return Tensor(
    stride(from: 0, to: values.count, by: 2).map { Complex(values[$0], values[$0 + 1]) },
    shape: numbers.shape.dropLast())
}

private func numbers<S: Scalar>(_ values: Tensor<Complex<S>>) -> Tensor<S> {
  Tensor(values.elements.flatMap { [$0.real, $0.imaginary] }, shape: values.shape + [2])
}

private func complex<S: Scalar>(_ values: Tensor<S>) -> Tensor<Complex<S>> { values.map { Complex($0) } }

private func widened<S: Scalar>(_ values: Tensor<Complex<S>>) -> Tensor<Complex<Double>> {
  values.map { Complex(Double($0.real), Double($0.imaginary)) }
}

/// The first half of the last axis.
private func half(_ spectrum: Tensor<Complex<Double>>) -> Tensor<Complex<Double>> {
  let width = spectrum.shape.last ?? 0
  let kept = width / 2 + 1
  let values = spectrum.elements
  let first = values.indices.filter { $0 % width < kept }.map { values[$0] }
  return Tensor(first, shape: spectrum.shape.dropLast() + [kept])
}

@Suite struct TransformTests {
  @Test(arguments: shapes)
  func transformsFollowTheirDefinition(shape: [Int]) {
    check(shape, seed: 7, as: Float.self)
    check(shape, seed: 7, as: Double.self)
  }

  @Test func largePlanesGoByBlocksAndAgreeWithOneDimension() {
    let x = randomTensor([2, 190, 181], seed: 3, as: Double.self)
    let columns = Tensor<Complex<Double>>(shape: [2, 181, 190]) { target in
      let spectrum = fft(complex(x)).elements
      for i in target.indices { target[i] = spectrum[i / (181 * 190) * 181 * 190 + i % 190 * 181 + i / 190 % 181] }
    }
    let transposed = fft(columns)
    let expected = Tensor<Complex<Double>>(shape: [2, 190, 181]) { target in
      let values = transposed.elements
      for i in target.indices { target[i] = values[i / (181 * 190) * 181 * 190 + i % 181 * 190 + i / 181 % 190] }
    }
    expectClose(rfft2(x), half(expected), "rfft2 by blocks")
    expectClose(complex(irfft2(rfft2(x), width: 181)), complex(x), "irfft2 by blocks")
  }

  @Test func definitionOnHandValues() {
    let x = Tensor([Complex<Double>(1), Complex(2), Complex(3), Complex(4)])
    let expected = Tensor([Complex<Double>(10), Complex(-2, 2), Complex(-2), Complex(-2, -2)])
    #expect(relativeError(numbers(DFT.transform(x)), numbers(expected)) < 1e-15)
    #expect(relativeError(numbers(DFT.inverse(expected)), numbers(x)) < 1e-15)
    let image = Tensor([Complex<Double>(1), Complex(2), Complex(3), Complex(5)], shape: [2, 2])
    let spectrum = Tensor([Complex<Double>(11), Complex(-3), Complex(-5), Complex(1)], shape: [2, 2])
    #expect(relativeError(numbers(DFT.transform2(image)), numbers(spectrum)) < 1e-15)
    #expect(relativeError(numbers(DFT.inverse2(spectrum)), numbers(image)) < 1e-15)
  }

  @Test(arguments: [1, 2, 9, 16, 23])
  func impulseLinearityAndShift(count: Int) {
    let impulse = Tensor((0..<count).map { Complex<Double>($0 == 0 ? 1 : 0) })
    expectClose(fft(impulse), Tensor(repeating: Complex(1), shape: [count]), "impulse \(count)")

    let (a, b) = (randomTensor([count], seed: 1, as: Double.self), randomTensor([count], seed: 2, as: Double.self))
    let combined = numbers(fft(complex(2 * a + -3 * b)))
    #expect(relativeError(combined, 2 * numbers(fft(complex(a))) + -3 * numbers(fft(complex(b)))) < 1e-14)

    let shifted = Tensor((0..<count).map { a.elements[($0 + count - 1) % count] })
    let spectrum = fft(complex(a)).elements
    let expected = (0..<count).map { k in
      spectrum[k] * Complex(length: 1, phase: -2 * Double.pi * Double(k) / Double(count))
    }
    expectClose(fft(complex(shifted)), Tensor(expected), "shift \(count)")
  }

  @Test func agreesWithNumPy() throws {
    let archive = try ConvolutionFixtures.archive("transforms")
    for name in archive.names where !name.hasSuffix("input") {
      let expected = pairs(try archive[name].tensor(as: Double.self))
      let input: Tensor<Double> = try archive["\(name) input"].tensor()
      let width = input.shape.last ?? 0
      switch name.prefix(while: { $0 != " " }) {
      case "fft":
        expectClose(fft(pairs(input)), expected, name)
        expectClose(ifft(expected), pairs(input), name)
      case "fft2":
        expectClose(fft2(pairs(input)), expected, name)
        expectClose(ifft2(expected), pairs(input), name)
      case "rfft":
        expectClose(rfft(input), expected, name)
        expectClose(complex(irfft(expected, count: width)), complex(input), name)
      default:
        expectClose(rfft2(input), expected, name)
        expectClose(complex(irfft2(expected, width: width)), complex(input), name)
      }
    }
  }

  @Test func concurrentExecutionGivesTheSerialBits() async {
    let images = randomTensor([5, 33, 47], seed: 11, as: Float.self)
    let expected = numbers(rfft2(images))
    let back = irfft2(rfft2(images), width: 47)
    await withTaskGroup(of: Bool.self) { group in
      for _ in 0..<16 {
        group.addTask { numbers(rfft2(images)) == expected && irfft2(rfft2(images), width: 47) == back }
      }
      for await isEqual in group { #expect(isEqual) }
    }
  }

  @Test func resultsDoNotDependOnThePlaceInTheBatch() {
    let images = randomTensor([3, 5, 7], seed: 12, as: Float.self)
    let spectra = rfft2(images)
    for index in 0..<3 {
      #expect(rfft2(images[rows: index..<index + 1]).elements == spectra[rows: index..<index + 1].elements)
    }
  }

  /// More sizes than the cache of plans keeps, so that the first are planned twice.
  @Test func aSizeThatIsPlannedAgainGivesTheSameBits() {
    let signals = (1...300).map { complexTensor([$0], seed: UInt64($0), as: Float.self) }
    let first = signals.map { numbers(fft($0)) }
    #expect(signals.map { numbers(fft($0)) } == first)
  }

  @Test func fastLengthsAreTheNextSmoothNumbers() {
    for count in 1...600 {
      let expected = (count...).first { n in
        var rest = n
        for prime in [2, 3, 5] { while rest % prime == 0 { rest /= prime } }
        return rest == 1
      }
      #expect(fastLength(count) == expected)
    }
  }
}
