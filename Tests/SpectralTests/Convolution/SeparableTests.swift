import Spectral
import Tensors
import TestSupport
import Testing

/// A kernel of a rank, from random columns and rows.
private func kernel(_ height: Int, _ width: Int, rank: Int, seed: UInt64) -> Tensor<Double> {
  let columns: Tensor<Double> = randomTensor([height, rank], seed: seed)
  return columns.matrixProduct(randomTensor([rank, width], seed: seed + 1))
}

private func gaussian(_ size: Int, sigma: Double) -> Tensor<Double> {
  let line = Tensor(
    (0..<size).map { index in
      let distance = Double(index) - Double(size - 1) / 2
      return Double.exp(-distance * distance / (2 * sigma * sigma))
    }, shape: [size, 1])
  return line.matrixProduct(line, transposingOther: true)
}

@Suite struct SeparableTests {
  @Test(arguments: [(1, 1, 1), (3, 3, 1), (5, 9, 2), (9, 5, 3), (15, 15, 4), (7, 31, 7), (20, 6, 5)])
  func rankIsFound(height: Int, width: Int, rank: Int) {
    let k = kernel(height, width, rank: rank, seed: 3)
    #expect(KernelRank.numerical(k, tolerance: 1e-12) == rank)
    #expect(KernelRank.guess(k, limit: rank) == rank)
    #expect(KernelRank.guess(k, limit: rank - 1) == nil)
    #expect(KernelRank.numerical(k.map { Float($0) }, tolerance: 1e-5) == rank)
  }

  @Test func rankOfParticularKernels() {
    #expect(KernelRank.numerical(Tensor<Float>(repeating: 1 / 9, shape: [3, 3])) == 1)
    #expect(KernelRank.numerical(Tensor<Float>([1, 0, -1, 2, 0, -2, 1, 0, -1], shape: [3, 3])) == 1)
    #expect(KernelRank.numerical(Tensor<Float>([0, 1, 0, 1, -4, 1, 0, 1, 0], shape: [3, 3])) == 2)
    #expect(KernelRank.guess(Tensor<Float>([0, 1, 0, 1, -4, 1, 0, 1, 0], shape: [3, 3]), limit: 2) == 2)
    #expect(KernelRank.numerical(Tensor<Double>.zeros([4, 3])) == 0)
    #expect(KernelRank.guess(Tensor<Double>.zeros([4, 3]), limit: 1) == 0)
    #expect(KernelRank.numerical(Tensor<Double>([1, .nan], shape: [1, 2])) == 1)
    #expect(KernelRank.guess(Tensor<Double>([1, .nan], shape: [1, 2]), limit: 1) == nil)
    #expect(KernelRank.numerical(gaussian(15, sigma: 2.5).map { Float($0) }) == 1)
  }

  /// Low rank in every place where the passes differ: strides, dilations, boundaries, channels, both precisions.
  @Test func kernelsOfLowRankKeepTheBound() throws {
    for instance in ConvolutionCase.random {
      let shape = instance.shape
      let (height, width) = (shape.kernelHeight, shape.kernelWidth)
      let rank = min(2, height, width)
      let weights = (0..<shape.outputChannels * shape.inputChannels / shape.groups).flatMap { index in
        kernel(height, width, rank: rank, seed: instance.seed + UInt64(7 * index)).elements
      }
      let bank = Tensor(weights, shape: shape.bankShape)
      let expected = ConvolutionDefinition.forward(instance.images, bank, shape, boundary: instance.boundary)
      let back = ConvolutionDefinition.gradientInput(
        instance.resultGradient, bank, shape, boundary: instance.boundary)
      let plan = try ConvolutionPlan<Double>(shape, method: .separable, boundary: instance.boundary)
      let workspace = plan.makeWorkspace()
      let y = writing(expected) {
        plan.forward(instance.images.span, plan.prepare(bank.span), into: &$0, workspace: workspace)
      }
      let dx = writing(back) {
        plan.gradientInput(instance.resultGradient.span, plan.prepare(bank.span), into: &$0, workspace: workspace)
      }
      let terms = max(shape.inputChannels, shape.outputChannels) * height * width
      let bound = roundingConstant(.separable, terms: terms, points: 1) * Double.ulpOfOne * bank.map { abs($0) }.sum
      #expect((y - expected).norm <= bound * instance.images.norm, "\(instance)")
      #expect((dx - back).norm <= bound * instance.resultGradient.norm, "\(instance)")
    }
  }

  @Test func aCoarserToleranceLeavesOutMore() throws {
    let (wide, narrow) = (gaussian(21, sigma: 3), gaussian(21, sigma: 1))
    let k = wide + 1e-3 * narrow
    let x: Tensor<Double> = randomTensor([50, 60], seed: 4)
    let request = ConvolutionRequest(.convolution, .mode(.same), boundary: .reflect)
    let expected = try convolve(x, k, mode: .same, boundary: .reflect, method: .direct)
    func error(_ tolerance: Double?) throws -> Double {
      let plan = try ImageConvolutionPlan<Double>(
        request, images: x.shape, for: k, separableTolerance: tolerance, method: .separable)
      return relativeError(plan.apply(plan.prepare(k), to: x, workspace: plan.makeWorkspace()), expected)
    }
    #expect(try error(nil) < 1e-13)
    let coarse = try error(1e-2)
    #expect(coarse > 1e-8 && coarse < 1e-1)
  }

  /// `automatic` takes a separable kernel apart where that is predicted to pay, here beside the direct sum, and never
  /// another.
  @Test func automaticAsksForTheRank() throws {
    let request = ConvolutionRequest(.crossCorrelation, .mode(.same))
    var planner = ConvolutionPlanner.reproducible
    planner.methods = [.direct, .separable]
    func plan(_ kernel: Tensor<Float>) throws -> ImageConvolutionPlan<Float> {
      try ImageConvolutionPlan(request, images: [2048, 2048], for: kernel, planner: planner)
    }
    let smooth = gaussian(31, sigma: 5).map { Float($0) }
    #expect(try plan(smooth).method == .separable && plan(smooth).work.kernelRank == 1)
    let rough: Tensor<Float> = randomTensor([31, 31], seed: 5)
    #expect(try plan(rough).method == .direct)
    #expect(
      try ImageConvolutionPlan<Float>(request, images: [2048, 2048], kernel: [31, 31], planner: planner).method
        == .direct)
  }
}
