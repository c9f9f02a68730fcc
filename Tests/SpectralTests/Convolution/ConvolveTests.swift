import Formats
import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

/// The rounding that the module's page allows, ‖ŷ − y‖₂ ≤ c·ε·‖x‖₂·‖k‖₁.
private func bound<S: SpectralScalar>(_ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod) -> S {
  let points = zip(x.shape.suffix(k.rank), k.shape).reduce(1) { $0 * ($1.0 + 2 * $1.1) }
  return S(roundingConstant(method, terms: k.count, points: points)) * S.epsilon * x.norm * k.map { abs($0) }.sum
}

private func run<S: SpectralScalar>(
  _ operation: ConvolutionOperation, _ x: Tensor<S>, _ k: Tensor<S>, mode: ConvolutionMode, boundary: Boundary,
  method: ConvolutionMethod
) throws -> Tensor<S> {
  switch operation {
  case .convolution: try convolve(x, k, mode: mode, boundary: boundary, method: method)
  case .crossCorrelation: try crossCorrelate(x, k, mode: mode, boundary: boundary, method: method)
  }
}

@Suite struct ConvolveTests {
  @Test(arguments: ConvolutionMethod.allCases, ["convolution", "signals"])
  func agreesWithSciPy(method: ConvolutionMethod, file: String) throws {
    let archive = try ConvolutionFixtures.archive(file)
    var served = 0
    for name in archive.names where name.hasPrefix("convolve") || name.hasPrefix("crossCorrelate") {
      let words = name.split(separator: " ").map(String.init)
      let mode = try #require(ConvolutionMode(rawValue: words[1]))
      let boundary = try #require(Boundary(rawValue: words[2]))
      let operation: ConvolutionOperation = words[0] == "convolve" ? .convolution : .crossCorrelation
      let (sizes, rank) = (words.dropFirst(3), (words.count - 3) / 2)
      let x: Tensor<Double> = try archive["image " + sizes.prefix(rank).joined(separator: " ")].tensor()
      let k: Tensor<Double> = try archive["kernel " + sizes.suffix(rank).joined(separator: " ")].tensor()
      let expected: Tensor<Double> = try archive[name].tensor()
      let isServed = try serves(method) { method in
        let y = try run(operation, x, k, mode: mode, boundary: boundary, method: method)
        #expect(y.shape == expected.shape, "\(name)")
        #expect((y - expected).norm <= bound(x, k, method), "\(name)")
        let (xf, kf) = (x.map { Float($0) }, k.map { Float($0) })
        let yf = try run(operation, xf, kf, mode: mode, boundary: boundary, method: method)
        #expect((yf - expected.map { Float($0) }).norm <= 2 * bound(xf, kf, method), "\(name) Float")
      }
      if isServed { served += 1 }
    }
    #expect(served >= 200 || !generalMethods.contains(method), "\(served)")
  }

  @Test func handValues() throws {
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let k = Tensor<Double>([1, 10], shape: [1, 2])
    try forEachMethod { method in
      func rows(
        _ operation: ConvolutionOperation, _ mode: ConvolutionMode, _ boundary: Boundary = .zero
      ) throws -> [Double] {
        try run(operation, x, k, mode: mode, boundary: boundary, method: method).elements.map { $0.rounded() }
      }
      #expect(try rows(.convolution, .full) == [1, 12, 23, 30, 4, 45, 56, 60], "\(method)")
      #expect(try rows(.convolution, .valid) == [12, 23, 45, 56], "\(method)")
      #expect(try rows(.crossCorrelation, .same) == [21, 32, 3, 54, 65, 6], "\(method)")
      #expect(try rows(.crossCorrelation, .same, .circular) == [21, 32, 13, 54, 65, 46], "\(method)")
      #expect(try rows(.crossCorrelation, .same, .reflect) == [21, 32, 23, 54, 65, 56], "\(method)")
      #expect(try rows(.crossCorrelation, .same, .symmetric) == [21, 32, 33, 54, 65, 66], "\(method)")
      #expect(try rows(.convolution, .same, .replicate) == [11, 12, 23, 44, 45, 56], "\(method)")
      let signal = Tensor<Double>([1, 2, 3])
      let y = try convolve(signal, Tensor([1, 10]), mode: .full, boundary: .zero, method: method)
      #expect(y.shape == [4] && y.elements.map { $0.rounded() } == [1, 12, 23, 30], "\(method)")
    }
  }

  /// Large enough for bands, blocks, tiles and every width of vector.
  @Test(arguments: [
    (150, 211, 15, 15), (256, 256, 3, 3), (97, 300, 7, 30), (64, 1500, 2, 41), (300, 40, 31, 9), (1, 9000, 1, 64),
  ])
  func methodsAgreeOnLargeImages(height: Int, width: Int, kernelHeight: Int, kernelWidth: Int) throws {
    let x = randomTensor([height, width], seed: 21, as: Double.self)
    let k = randomTensor([kernelHeight, kernelWidth], seed: 22, as: Double.self)
    let (xf, kf) = (x.map { Float($0) }, k.map { Float($0) })
    for boundary in Boundary.allCases {
      let expected = try convolve(x, k, mode: .same, boundary: boundary, method: .im2col)
      try forEachMethod { method in
        let y = try convolve(x, k, mode: .same, boundary: boundary, method: method)
        #expect((y - expected).norm <= 2 * bound(x, k, .automatic), "\(method) \(boundary)")
        let yf = try convolve(xf, kf, mode: .same, boundary: boundary, method: method)
        #expect((yf - expected.map { Float($0) }).norm <= 2 * bound(xf, kf, method), "\(method) \(boundary) Float")
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func threadsDoNotChangeBits(method: ConvolutionMethod) throws {
    let x = randomTensor([300, 280], seed: 31, as: Float.self)
    let batch = randomTensor([5, 20, 30], seed: 33, as: Float.self)
    for sizes in [[9, 12], [3, 3]] {
      let k = randomTensor(sizes, seed: 32, as: Float.self)
      _ = try serves(method) { method in
        let results = try (1...3).map { threads in
          try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
            [
              try convolve(x, k, mode: .full, boundary: .zero, method: method),
              try convolve(batch, k, mode: .same, boundary: .circular, method: method),
            ]
          }
        }
        #expect(results[1] == results[0] && results[2] == results[0], "\(method)")
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func batchesAreConvolvedImageByImage(method: ConvolutionMethod) throws {
    let x = randomTensor([5, 9, 13], seed: 41, as: Float.self)
    for sizes in [[3, 4], [3, 3]] {
      let k = randomTensor(sizes, seed: 42, as: Float.self)
      _ = try serves(method) { method in
        let y = try crossCorrelate(x, k, mode: .same, boundary: .circular, method: method)
        #expect(y.shape == [5, 9, 13])
        for index in 0..<5 {
          let image = x[rows: index..<index + 1].reshaped([9, 13])
          let one = try crossCorrelate(image, k, mode: .same, boundary: .circular, method: method)
          let distance = relativeError(y[rows: index..<index + 1].reshaped([9, 13]), one)
          #expect(distance <= 10 * Float.epsilon, "\(method): \(distance)")
        }
        #expect(try convolve(x[rows: 0..<0], k, mode: .full, boundary: .zero, method: method).count == 0)
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func aBatchKeepsItsScratchMemory(method: ConvolutionMethod) throws {
    let x = randomTensor([7, 9, 13], seed: 43, as: Float.self)
    _ = try serves(method) { method in
      let plan = try ImageConvolutionPlan<Float>(
        .convolution, imageSize: (9, 13), kernelSize: (3, 3), mode: .same, boundary: .zero, method: method)
      let kernel = plan.prepare(randomTensor([3, 3], seed: 44))
      let workspace = plan.makeWorkspace()
      func apply(threads: Int) -> Tensor<Float> {
        ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
          writing(Tensor<Float>(repeating: .nan, shape: x.shape)) {
            plan.apply(kernel, to: x.span, into: &$0, workspace: workspace)
          }
        }
      }
      let first = apply(threads: 1)
      let capacity = workspace.capacity
      #expect(capacity > 0)
      workspace.soil(with: .nan)
      let again = apply(threads: 1)
      #expect(again == first && workspace.capacity == capacity, "\(method)")
      #expect(apply(threads: 3) == first && plan.apply(kernel, to: x, workspace: workspace) == first, "\(method)")
    }
  }

  @Test func validWithALargerKernelIsAnError() throws {
    let image = Tensor<Float>.zeros([4, 9])
    let error = #expect(throws: InputError.self) {
      try convolve(image, .zeros([5, 3]), mode: .valid, boundary: .circular)
    }
    #expect(error?.description.contains("4×9") == true && error?.description.contains("5×3") == true)
    let swapped = #expect(throws: InputError.self) {
      try convolve(.zeros([3, 3]), image, mode: .valid, boundary: .zero)
    }
    #expect(swapped?.description.contains("in each other's place") == true)
    #expect(try convolve(image, .zeros([5, 10]), mode: .same, boundary: .circular).shape == [4, 9])
    #expect(throws: InputError.self) { try convolve(Tensor<Float>.zeros([0, 4]), image, mode: .same, boundary: .zero) }
  }
}
