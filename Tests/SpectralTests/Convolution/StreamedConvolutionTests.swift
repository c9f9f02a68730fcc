import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

/// Images in memory that are read and written part by part.
private final class ImagesInMemory<S: SpectralScalar>: ImageSource, ImageSink {
  let shape: [Int]
  private let samples: Lock<Tensor<S>>
  private let writes: Lock<[Int]>

  init(_ images: Tensor<S>) {
    shape = images.shape
    samples = Lock(images)
    writes = Lock([Int](repeating: 0, count: images.count))
  }

  var tensor: Tensor<S> { samples.withLock { $0 } }

  /// Whether every sample has been written once.
  var isComplete: Bool { writes.withLock { $0.allSatisfy { $0 == 1 } } }

  private func index(_ region: ImageRegion, _ row: Int, _ column: Int) -> Int {
    precondition(region.rows.upperBound <= shape[1] && region.columns.upperBound <= shape[2])
    return (region.plane * shape[1] + row) * shape[2] + column
  }

  func read(_ region: ImageRegion, into target: inout MutableSpan<S>, rowStride: Int) {
    samples.withLock { samples in
      for row in region.rows {
        for column in region.columns {
          let place = (row - region.rows.lowerBound) * rowStride + column - region.columns.lowerBound
          target[place] = samples.span[index(region, row, column)]
        }
      }
    }
  }

  func write(_ values: Span<S>, rowStride: Int, to region: ImageRegion) {
    for row in region.rows {
      for column in region.columns {
        let value = values[(row - region.rows.lowerBound) * rowStride + column - region.columns.lowerBound]
        let place = index(region, row, column)
        samples.withLock { samples in
          var span = samples.mutableSpan
          span[place] = value
        }
        writes.withLock { $0[place] += 1 }
      }
    }
  }
}

@Suite struct StreamedConvolutionTests {
  /// Convolves by blocks; the number of blocks and the result.
  private func stream<S: SpectralScalar>(
    _ operation: ConvolutionOperation, _ images: Tensor<S>, _ kernel: Tensor<S>, _ mode: ConvolutionMode,
    _ boundary: Boundary, method: ConvolutionMethod = .direct, memoryLimit: Int
  ) throws -> (blocks: Int, result: Tensor<S>) {
    let stream = try StreamedConvolution<S>(
      operation, images: (images.shape[0], images.shape[1], images.shape[2]), kernel: kernel, mode: mode,
      boundary: boundary, method: method, memoryLimit: memoryLimit)
    let sink = ImagesInMemory(
      Tensor<S>(repeating: -1, shape: [images.shape[0], stream.shape.outputHeight, stream.shape.outputWidth]))
    var steps: [Int] = []
    try stream.run(from: ImagesInMemory(images), to: sink) { steps.append($0) }
    #expect(steps == Array(0..<stream.blockCount).map { $0 + 1 } && sink.isComplete)
    return (stream.blockCount, sink.tensor)
  }

  private func reference<S: SpectralScalar>(
    _ operation: ConvolutionOperation, _ images: Tensor<S>, _ kernel: Tensor<S>, _ mode: ConvolutionMode,
    _ boundary: Boundary
  ) throws -> Tensor<S> {
    operation == .convolution
      ? try convolve(images, kernel, mode: mode, boundary: boundary, method: .direct)
      : try crossCorrelate(images, kernel, mode: mode, boundary: boundary, method: .direct)
  }

  /// Kernels larger than the image read it again and again; limits from a few outputs per block to whole images.
  @Test(arguments: Boundary.allCases, ConvolutionMode.allCases)
  func blocksAgreeWithWholeImages(boundary: Boundary, mode: ConvolutionMode) throws {
    var divided = 0
    for (seed, sizes) in [
      [2, 37, 23, 5, 4], [1, 1, 90, 1, 9], [3, 40, 1, 6, 1], [1, 9, 8, 21, 12], [4, 11, 10, 1, 1],
    ]
    .enumerated() where mode != .valid || sizes[3] <= sizes[1] && sizes[4] <= sizes[2] {
      let images: Tensor<Double> = randomTensor(Array(sizes[..<3]), seed: UInt64(100 + seed))
      let kernel: Tensor<Double> = randomTensor(Array(sizes[3...]), seed: UInt64(200 + seed))
      for operation in ConvolutionOperation.allCases {
        let expected = try reference(operation, images, kernel, mode, boundary)
        for kilobytes in [40, 64, 1000] {
          let (blocks, result) = try stream(
            operation, images, kernel, mode, boundary, memoryLimit: kilobytes << 10)
          #expect(relativeError(result, expected) < 1e-13, "\(operation) \(sizes) in \(blocks) blocks")
          divided += blocks > 1 ? 1 : 0
        }
      }
    }
    #expect(divided >= 4)
  }

  @Test(arguments: [ConvolutionMethod.direct, .fft, .automatic], Boundary.allCases)
  func lostSamplesSpreadAsInMemory(method: ConvolutionMethod, boundary: Boundary) throws {
    var images: Tensor<Float> = randomTensor([1, 70, 60], seed: 301)
    for (row, column, value) in [(0, 0, Float.nan), (35, 29, .infinity), (69, 59, -.infinity), (40, 0, .nan)] {
      images[0, row, column] = value
    }
    let kernel: Tensor<Float> = randomTensor([6, 7], seed: 302)
    let expected = try reference(.convolution, images, kernel, .same, boundary)
    let (blocks, result) = try stream(
      .convolution, images, kernel, .same, boundary, method: method, memoryLimit: 90 << 10)
    #expect(blocks > 1)
    #expect(zip(result.elements, expected.elements).allSatisfy { $0.isNaN == $1.isNaN })
    let finite = { (tensor: Tensor<Float>) in tensor.map { $0.isNaN ? 0 : $0 } }
    #expect(relativeError(finite(result), finite(expected)) < 1e-5)
  }

  @Test func aKernelThatIsNotFiniteMakesEveryOutputNaN() throws {
    var kernel = Tensor<Double>(repeating: 1, shape: [3, 3])
    kernel[1, 1] = .infinity
    let (_, result) = try stream(
      .convolution, Tensor(repeating: 1, shape: [1, 30, 30]), kernel, .full, .zero, memoryLimit: 20 << 10)
    #expect(result.elements.allSatisfy { $0.isNaN })
  }

  @Test func largeMagnitudesDoNotOverflowInsideABlock() throws {
    let images = (1e37 as Float) * randomTensor([1, 64, 64], seed: 311, as: Float.self).map { $0 / 8 }
    let kernel: Tensor<Float> = randomTensor([5, 5], seed: 312).map { $0 / 8 }
    let expected = try reference(.convolution, images, kernel, .same, .reflect)
    let (blocks, result) = try stream(
      .convolution, images, kernel, .same, .reflect, method: .fft, memoryLimit: 120 << 10)
    #expect(blocks > 1 && relativeError((1e-37 as Float) * result, (1e-37 as Float) * expected) < 1e-5)
  }

  @Test func blocksAndBitsDependOnSizesAndLimitAlone() throws {
    let images: Tensor<Float> = randomTensor([3, 120, 90], seed: 321)
    let kernel: Tensor<Float> = randomTensor([9, 9], seed: 322)
    let shared = try stream(.convolution, images, kernel, .same, .circular, method: .automatic, memoryLimit: 200 << 10)
    #expect(shared.blocks > 3)
    for threads in 1...3 {
      let one = try ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) {
        try stream(.convolution, images, kernel, .same, .circular, method: .automatic, memoryLimit: 200 << 10)
      }
      #expect(one == shared, "\(threads) threads")
    }
  }

  @Test func aLimitThatIsTooLowSaysHowMuchIsNeeded() throws {
    let error = #expect(throws: InputError.self) {
      try stream(
        .convolution, Tensor<Float>.zeros([1, 50, 50]), Tensor<Float>.zeros([41, 41]), .same, .zero,
        memoryLimit: 10 << 10)
    }
    #expect(error?.description.contains("more than the limit of 10 KiB") == true, "\(error?.description ?? "")")
  }

  @Test func whatSourceSinkOrCallerThrowEndsTheWork() throws {
    struct Broken: Error {}
    struct BrokenSource: ImageSource {
      func read(_ region: ImageRegion, into target: inout MutableSpan<Float>, rowStride: Int) throws {
        if region.rows.upperBound > 40 { throw Broken() }
        for index in 0..<target.count { target[index] = 0 }
      }
    }
    struct BrokenSink: ImageSink {
      func write(_ values: Span<Float>, rowStride: Int, to region: ImageRegion) throws {
        if region.rows.upperBound > 40 { throw Broken() }
      }
    }
    let images = ImagesInMemory(Tensor<Float>.zeros([1, 100, 50]))
    let stream = try StreamedConvolution<Float>(
      .convolution, images: (1, 100, 50), kernel: .zeros([3, 3]), mode: .same, boundary: .zero, memoryLimit: 60 << 10)
    #expect(stream.blockCount > 3)
    #expect(throws: Broken.self) { try stream.run(from: BrokenSource(), to: images) }
    #expect(throws: Broken.self) { try stream.run(from: images, to: BrokenSink()) }
    var last = 0
    #expect(throws: Broken.self) {
      try stream.run(from: images, to: images) { block in
        last = block
        if block == 2 { throw Broken() }
      }
    }
    #expect(last == 2)
  }
}
