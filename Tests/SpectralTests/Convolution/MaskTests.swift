import Spectral
import Tensors
import TestSupport
import Testing

/// y = conv(x·m, k)·‖k‖₁ / conv(m, |k|) by its definition, NaN where no valid sample has a weight.
private func normalized(
  _ x: Tensor<Double>, _ k: Tensor<Double>, _ mask: Tensor<Bool>, _ mode: ConvolutionMode, _ boundary: Boundary
) throws -> Tensor<Double> {
  func sum(_ image: Tensor<Double>, _ kernel: Tensor<Double>) throws -> Tensor<Double> {
    try convolve(image, kernel, mode: mode, boundary: boundary, method: .direct)
  }
  let known = Tensor(zip(x.elements, mask.elements).map { $1 ? $0 : 0 }, shape: x.shape)
  let hidden = mask.map { $0 ? 0.0 : 1.0 }
  let magnitudes = k.map { abs($0) }
  let (values, lost) = (try sum(known, k), try sum(hidden, magnitudes))
  let counts = try sum(hidden, k.map { $0 == 0 ? 0 : 1 })
  let number = Double(k.elements.count { $0 != 0 })
  return Tensor(
    values.elements.indices.map { index in
      let weight = magnitudes.sum - lost.elements[index]
      return counts.elements[index] == number ? .nan : values.elements[index] * magnitudes.sum / weight
    }, shape: values.shape)
}

private func deadPixels(_ shape: [Int], share: Double, seed: UInt64) -> Tensor<Bool> {
  var stream = RandomStream(seed: seed)
  return Tensor<Double>.zeros(shape).map { _ in stream.uniform() >= share }
}

@Suite struct MaskTests {
  @Test(arguments: ConvolutionMethod.allCases, Boundary.allCases)
  func followsItsDefinition(method: ConvolutionMethod, boundary: Boundary) throws {
    let x: Tensor<Double> = randomTensor([13, 11], seed: 91)
    for (sizes, share) in [([3, 3], 0.1), ([3, 3], 0.7), ([4, 2], 0.5), ([5, 5], 0.9)] {
      let mask = deadPixels(x.shape, share: share, seed: 92)
      var k: Tensor<Double> = randomTensor(sizes, seed: 93)
      k[0, 1] = 0
      for mode in ConvolutionMode.allCases {
        let expected = try normalized(x, k, mask, mode, boundary)
        _ = try serves(method) { method in
          let y = try convolve(x, k, mode: mode, boundary: boundary, mask: mask, method: method)
          #expect(y.shape == expected.shape)
          for (value, other) in zip(y.elements, expected.elements) {
            #expect(value.isNaN == other.isNaN, "\(method) \(mode) \(sizes)")
            if !other.isNaN { #expect(abs(value - other) <= 1e-9, "\(method) \(mode) \(sizes)") }
          }
        }
      }
    }
  }

  /// A mean over valid samples keeps a constant image constant, whatever hides behind the mask.
  @Test func hiddenSamplesAreNotLookedAt() throws {
    let mask = deadPixels([9, 9], share: 0.3, seed: 94)
    let x = mask.map { $0 ? Float(2) : .nan }
    let k = Tensor<Float>(repeating: 1 / 25, shape: [5, 5])
    try forEachMethod { method in
      let y = try crossCorrelate(x, k, mode: .same, boundary: .reflect, mask: mask, method: method)
      #expect(y.elements.allSatisfy { abs($0 - 2) < 1e-5 }, "\(method)")
    }
    let nothing = Tensor<Bool>(repeating: false, shape: [9, 9])
    let empty = try crossCorrelate(x, k, mode: .same, boundary: .reflect, mask: nothing)
    #expect(empty.elements.allSatisfy { $0.isNaN })
    let outside = try crossCorrelate(x, k, mode: .same, boundary: .zero, mask: nothing)
    #expect(outside[0, 0] == 0 && outside[4, 4].isNaN)
  }

  @Test func aFullMaskChangesNoBit() throws {
    let x: Tensor<Float> = randomTensor([3, 20, 17], seed: 95)
    for sizes in [[3, 3], [6, 5]] {
      let k: Tensor<Float> = randomTensor(sizes, seed: 96)
      for method in ConvolutionMethod.allCases {
        _ = try serves(method) { method in
          let y = try convolve(x, k, mode: .full, boundary: .symmetric, method: method)
          for shape in [[20, 17], [3, 20, 17]] {
            let mask = Tensor<Bool>(repeating: true, shape: shape)
            #expect(try convolve(x, k, mode: .full, boundary: .symmetric, mask: mask, method: method) == y)
          }
        }
      }
    }
  }

  @Test func eachImageMayHaveItsMask() throws {
    let x: Tensor<Double> = randomTensor([2, 8, 7], seed: 97)
    let k: Tensor<Double> = randomTensor([3, 3], seed: 98)
    let mask = deadPixels([2, 8, 7], share: 0.2, seed: 99)
    let y = try convolve(x, k, mode: .same, boundary: .zero, mask: mask, method: .direct)
    for index in 0..<2 {
      let part = index..<index + 1
      let one = try convolve(
        x[rows: part].reshaped([8, 7]), k, mode: .same, boundary: .zero, mask: mask[rows: part].reshaped([8, 7]),
        method: .direct)
      #expect(one.elements == y[rows: part].elements)
    }
    let signal = try convolve(
      Tensor<Double>([1, 9, 3]), Tensor([1, 1]), mode: .valid, boundary: .zero, mask: Tensor([true, false, true]))
    #expect(signal.elements == [2, 6])
  }

  @Test func masksThatDoNotFitAreErrors() throws {
    let x = Tensor<Float>.zeros([4, 5, 6])
    for shape in [[6, 5], [3, 5, 6], [6]] {
      let error = #expect(throws: InputError.self) {
        try convolve(
          x, .zeros([3, 3]), mode: .same, boundary: .zero, mask: Tensor<Bool>(repeating: true, shape: shape))
      }
      #expect(error?.description.hasPrefix("mask") == true)
    }
  }
}
