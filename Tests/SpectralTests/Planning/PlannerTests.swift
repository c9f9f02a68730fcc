import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct PlannerTests {
  static func shape(
    _ image: Int, _ kernel: Int, channels: Int = 1, filters: Int = 1, stride: Int = 1, groups: Int = 1
  ) throws -> ConvolutionShape {
    try ConvolutionShape(
      inputChannels: channels, outputChannels: filters, inputHeight: image, inputWidth: image, kernelHeight: kernel,
      kernelWidth: kernel, strideY: stride, strideX: stride, groups: groups,
      padding: .same(kernelHeight: kernel, kernelWidth: kernel))
  }

  static func shapes() throws -> [ConvolutionShape] {
    try [
      shape(16, 3), shape(37, 5), shape(100, 15), shape(256, 3), shape(300, 31), shape(512, 127),
      shape(16, 3, channels: 8, filters: 16), shape(16, 15, channels: 4, filters: 4),
      shape(20, 3, channels: 6, filters: 4, groups: 2), shape(33, 5, channels: 2, filters: 3, stride: 2),
      shape(9, 1, channels: 3, filters: 5),
    ]
  }

  @Test func theChoiceIsTheCheapestCandidateAndTheSameEveryTime() throws {
    for shape in try Self.shapes() {
      for boundary in Boundary.allCases {
        let work = ConvolutionWork(shape, boundary: boundary)
        let planner = ConvolutionPlanner.reproducible
        let candidates = planner.candidates(for: work, as: Float.self)
        #expect(candidates.map(\.method) == ConvolutionMethod.computed)
        let seconds = candidates.filter(\.isEligible).compactMap(\.estimate?.seconds)
        let choice = try planner.method(for: work, as: Float.self)
        let chosen = try #require(candidates.first { $0.method == choice })
        #expect(chosen.estimate?.seconds == seconds.min())
        #expect(try ConvolutionPlan<Float>(shape, boundary: boundary).method == choice)
        #expect(try (0..<3).allSatisfy { _ in try planner.method(for: work, as: Float.self) == choice })
      }
    }
  }

  @Test func smallKernelsAreSummedAndLargeOnesTransformed() throws {
    let planner = ConvolutionPlanner.reproducible
    let spectral: Set<ConvolutionMethod> = [.fft, .overlapSave]
    for size in [256, 1024, 4096] {
      let small = try planner.method(for: ConvolutionWork(Self.shape(size, 3)), as: Float.self)
      let large = try planner.method(for: ConvolutionWork(Self.shape(size, 127)), as: Float.self)
      #expect(!spectral.contains(small) && spectral.contains(large), "\(size): \(small), \(large)")
    }
  }

  @Test(arguments: [16, 100, 429]) func kernelsOfOneRowAreTransformedRowByRow(size: Int) throws {
    let planner = ConvolutionPlanner.reproducible
    for kernel in [1, 5] {
      let shape = try ConvolutionShape(inputHeight: size, inputWidth: size, kernelHeight: 1, kernelWidth: kernel)
      for purpose in ConvolutionWork.Purpose.allCases {
        let choice = try planner.method(for: ConvolutionWork(shape, purpose: purpose), as: Float.self)
        #expect([.direct, .im2col].contains(choice), "1×\(kernel) on \(size)²: \(choice)")
      }
      let geometry = try #require(try ConvolutionPlan<Float>(shape, method: .overlapSave).tileGeometry)
      #expect(geometry.tiles >= size && geometry.units >= size / 2)
    }
  }

  @Test func everyCandidateServesOrSaysWhyNot() throws {
    for shape in try Self.shapes() {
      for candidate in ConvolutionPlanner.reproducible.candidates(for: ConvolutionWork(shape), as: Double.self) {
        let plan = try? ConvolutionPlan<Double>(shape, method: candidate.method)
        #expect((plan != nil) == (candidate.estimate != nil), "\(candidate.method) for \(shape)")
        #expect(candidate.estimate != nil || candidate.objection != nil)
      }
    }
  }

  @Test(arguments: [1, 3]) func memoryIsWhatThePassesTake(images: Int) throws {
    for shape in try Self.shapes() {
      for boundary in [Boundary.zero, .reflect] {
        let work = ConvolutionWork(shape, boundary: boundary, images: images)
        for candidate in ConvolutionPlanner.reproducible.candidates(for: work, as: Float.self) {
          guard let estimate = candidate.estimate, estimate.operations < 3e7 else { continue }
          try checkMemory(work, candidate.method, estimate)
        }
      }
    }
  }

  private func checkMemory(_ work: ConvolutionWork, _ method: ConvolutionMethod, _ estimate: ConvolutionEstimate) throws
  {
    try ThreadPool.$substitute.withValue(ThreadPool(threadCount: 1)) {
      let plan = try ConvolutionPlan<Float>(work, method: method)
      let kernel = Tensor<Float>(repeating: 1, shape: [work.shape.kernelCount])
      let prepared = plan.prepare(kernel.span)
      let workspace = plan.makeWorkspace()
      let input = Tensor<Float>(repeating: 1, shape: [work.images * work.shape.inputCount])
      let output = Tensor<Float>(shape: [work.images * work.shape.outputCount]) { output in
        var span = MutableSpan(_unsafeElements: output)
        plan.forward(input.span, prepared, into: &span, workspace: workspace)
      }
      let context = "\(method) for \(work.images) of \(work.shape)"
      #expect(estimate.preparedBytes == prepared.byteCount, "\(context)")
      #expect(4 * workspace.capacity <= estimate.scratchBytes, "\(context)")
      #expect(estimate.outputBytes == 4 * output.count)
    }
  }

  @Test func aLimitExcludesWhatNeedsMore() throws {
    let work = ConvolutionWork(try Self.shape(512, 127))
    var planner = ConvolutionPlanner.reproducible
    let free = try planner.method(for: work, as: Float.self)
    let needed = try #require(
      planner.candidates(for: work, as: Float.self).first { $0.method == free }?.estimate?.bytes)
    planner.memoryLimit = needed
    #expect(try planner.method(for: work, as: Float.self) == free)
    planner.memoryLimit = needed - 1
    let other = try planner.method(for: work, as: Float.self)
    #expect(other != free)
    #expect(try ConvolutionPlan<Float>(work, planner: planner).method == other)
    let refused = #expect(throws: InputError.self) { try ConvolutionPlan<Float>(work, method: free, planner: planner) }
    #expect(refused?.description.contains("needs \(ByteCount(needed))") ?? false, "\(refused!)")
    planner.memoryLimit = 1000
    let hopeless = #expect(throws: InputError.self) { try ConvolutionPlan<Float>(work, planner: planner) }
    #expect(hopeless?.description.contains("the limit is 1000 bytes") ?? false, "\(hopeless!)")
  }

  @Test func moreMemoryThanThereIsIsRefusedBeforeItIsAllocated() throws {
    let huge = try ConvolutionShape(inputHeight: 1 << 22, inputWidth: 1 << 22, kernelHeight: 3, kernelWidth: 3)
    for method in ConvolutionMethod.allCases {
      let error = #expect(throws: InputError.self) { try ConvolutionPlan<Double>(huge, method: method) }
      #expect(error?.description.contains("128 TiB") ?? false, "\(method): \(error!)")
    }
  }

  @Test func onlyAllowedMethodsAreChosen() throws {
    let work = ConvolutionWork(try Self.shape(256, 63))
    var planner = ConvolutionPlanner.reproducible
    for method in [ConvolutionMethod.direct, .im2col, .fft] {
      planner.methods = [method]
      #expect(try planner.method(for: work, as: Float.self) == method)
    }
    planner.methods = []
    #expect(throws: InputError.self) { try planner.method(for: work, as: Float.self) }
  }
}
