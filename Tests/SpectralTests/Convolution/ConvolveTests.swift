import Formats
import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

private let methods: [ConvolutionMethod] = [.direct, .im2col, .fft, .automatic]

/// The rounding that the module's page allows, ‖ŷ − y‖₂ ≤ c·ε·‖x‖₂·‖k‖₁.
private func bound<S: SpectralScalar>(_ x: Tensor<S>, _ k: Tensor<S>, _ method: ConvolutionMethod) -> S {
  let points = S((x.shape[0] + 2 * k.shape[0]) * (x.shape[1] + 2 * k.shape[1]))
  let direct = max(8, S.sqrt(S(k.count)))
  let c = method == .direct || method == .im2col ? direct : max(direct, 4 * max(1, S.log2(points)))
  return c * S.epsilon * x.norm * k.map { abs($0) }.sum
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
  @Test(arguments: methods)
  func agreesWithSciPy(method: ConvolutionMethod) throws {
    let archive = try ConvolutionFixtures.archive("convolution")
    var checked = 0
    for name in archive.names where name.hasPrefix("convolve") || name.hasPrefix("crossCorrelate") {
      let words = name.split(separator: " ").map(String.init)
      let mode = try #require(ConvolutionMode(rawValue: words[1]))
      let boundary = try #require(Boundary(rawValue: words[2]))
      let operation: ConvolutionOperation = words[0] == "convolve" ? .convolution : .crossCorrelation
      let x: Tensor<Double> = try archive["image \(words[3]) \(words[4])"].tensor()
      let k: Tensor<Double> = try archive["kernel \(words[5]) \(words[6])"].tensor()
      let expected: Tensor<Double> = try archive[name].tensor()
      let y = try run(operation, x, k, mode: mode, boundary: boundary, method: method)
      #expect(y.shape == expected.shape, "\(name)")
      #expect((y - expected).norm <= bound(x, k, method), "\(name)")
      let (xf, kf) = (x.map { Float($0) }, k.map { Float($0) })
      let yf = try run(operation, xf, kf, mode: mode, boundary: boundary, method: method)
      #expect((yf - expected.map { Float($0) }).norm <= 2 * bound(xf, kf, method), "\(name) Float")
      checked += 1
    }
    #expect(checked > 250)
  }

  @Test(arguments: methods)
  func handValues(method: ConvolutionMethod) throws {
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])
    let k = Tensor<Double>([1, 10], shape: [1, 2])
    func rows(_ y: Tensor<Double>) -> [Double] { y.elements.map { $0.rounded() } }
    #expect(
      rows(try convolve(x, k, mode: .full, boundary: .zero, method: method)) == [1, 12, 23, 30, 4, 45, 56, 60])
    #expect(rows(try convolve(x, k, mode: .valid, boundary: .zero, method: method)) == [12, 23, 45, 56])
    #expect(rows(try crossCorrelate(x, k, mode: .same, boundary: .zero, method: method)) == [21, 32, 3, 54, 65, 6])
    #expect(
      rows(try crossCorrelate(x, k, mode: .same, boundary: .circular, method: method)) == [21, 32, 13, 54, 65, 46])
  }

  /// Large enough for bands, blocks and every width of vector.
  @Test(arguments: [(150, 211, 15, 15), (256, 256, 3, 3), (97, 300, 7, 30), (64, 1500, 2, 41), (300, 40, 31, 9)])
  func methodsAgreeOnLargeImages(height: Int, width: Int, kernelHeight: Int, kernelWidth: Int) throws {
    let x = randomTensor([height, width], seed: 21, as: Double.self)
    let k = randomTensor([kernelHeight, kernelWidth], seed: 22, as: Double.self)
    let (xf, kf) = (x.map { Float($0) }, k.map { Float($0) })
    for boundary in Boundary.allCases {
      let expected = try convolve(x, k, mode: .same, boundary: boundary, method: .im2col)
      for method in methods {
        let y = try convolve(x, k, mode: .same, boundary: boundary, method: method)
        #expect((y - expected).norm <= 2 * bound(x, k, .fft), "\(method) \(boundary)")
        let yf = try convolve(xf, kf, mode: .same, boundary: boundary, method: method)
        #expect((yf - expected.map { Float($0) }).norm <= 2 * bound(xf, kf, method), "\(method) \(boundary) Float")
      }
    }
  }

  @Test(arguments: methods)
  func threadsDoNotChangeBits(method: ConvolutionMethod) throws {
    let x = randomTensor([300, 280], seed: 31, as: Float.self)
    let k = randomTensor([9, 12], seed: 32, as: Float.self)
    let shared = try convolve(x, k, mode: .full, boundary: .zero, method: method)
    let batch = randomTensor([5, 20, 30], seed: 33, as: Float.self)
    let sharedBatch = try convolve(batch, k, mode: .same, boundary: .circular, method: method)
    for threads in 1...3 {
      let (one, many) = try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        (
          try convolve(x, k, mode: .full, boundary: .zero, method: method),
          try convolve(batch, k, mode: .same, boundary: .circular, method: method)
        )
      }
      #expect(one == shared && many == sharedBatch, "\(threads) threads")
    }
  }

  @Test(arguments: methods)
  func batchesAreConvolvedImageByImage(method: ConvolutionMethod) throws {
    let x = randomTensor([5, 9, 13], seed: 41, as: Float.self)
    let k = randomTensor([3, 4], seed: 42, as: Float.self)
    let y = try crossCorrelate(x, k, mode: .same, boundary: .circular, method: method)
    #expect(y.shape == [5, 9, 13])
    for index in 0..<5 {
      let one = try crossCorrelate(
        x[rows: index..<index + 1].reshaped([9, 13]), k, mode: .same, boundary: .circular, method: method)
      #expect(one.elements == y[rows: index..<index + 1].elements)
    }
    #expect(
      try convolve(x[rows: 0..<1], k, mode: .valid, boundary: .zero, method: method).shape == [1, 7, 10])
    #expect(
      try convolve(x[rows: 0..<0], k, mode: .valid, boundary: .zero, method: method).shape == [0, 7, 10])
  }

  @Test(arguments: methods)
  func aBatchKeepsItsScratchMemory(method: ConvolutionMethod) throws {
    let x = randomTensor([7, 9, 13], seed: 43, as: Float.self)
    let plan = try ImageConvolutionPlan<Float>(
      .convolution, imageSize: (9, 13), kernelSize: (3, 4), mode: .same, boundary: .zero, method: method)
    let kernel = plan.prepare(randomTensor([3, 4], seed: 44))
    let workspace = plan.makeWorkspace()
    let first = ThreadPool.$substitute.withValue(ThreadPool(threadCount: 1)) {
      plan.apply(kernel, to: x, workspace: workspace)
    }
    let capacity = workspace.capacity
    #expect(capacity > 0)
    workspace.soil(with: .nan)
    let again = ThreadPool.$substitute.withValue(ThreadPool(threadCount: 3)) {
      plan.apply(kernel, to: x, workspace: workspace)
    }
    #expect(again == first && workspace.capacity <= 3 * capacity)
  }

  @Test func validWithALargerKernelIsAnError() throws {
    let image = Tensor<Float>.zeros([4, 9])
    let error = #expect(throws: InputError.self) {
      try convolve(image, .zeros([5, 3]), mode: .valid, boundary: .circular)
    }
    #expect(error?.description.contains("4×9") == true && error?.description.contains("5×3") == true)
    #expect(try convolve(image, .zeros([5, 10]), mode: .same, boundary: .circular).shape == [4, 9])
    #expect(throws: InputError.self) { try convolve(Tensor<Float>.zeros([0, 4]), image, mode: .same, boundary: .zero) }
  }
}
