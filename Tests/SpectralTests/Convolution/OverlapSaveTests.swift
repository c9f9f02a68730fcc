import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

/// Shapes that take several tiles, the last of them smaller, in one or both directions.
private let shapes: [@Sendable () throws -> ConvolutionShape] = [
  {
    try ConvolutionShape(
      inputHeight: 151, inputWidth: 203, kernelHeight: 9, kernelWidth: 12,
      padding: Padding(top: 8, bottom: 3, left: 0, right: 11))
  },
  {
    try ConvolutionShape(
      inputHeight: 1, inputWidth: 9001, kernelHeight: 1, kernelWidth: 40,
      padding: Padding(top: 0, bottom: 0, left: 20, right: 19))
  },
  { try ConvolutionShape(inputHeight: 5, inputWidth: 3001, kernelHeight: 1, kernelWidth: 33, strideY: 2, strideX: 3) },
  { try ConvolutionShape(inputHeight: 400, inputWidth: 3, kernelHeight: 21, kernelWidth: 2, padding: Padding(5)) },
  {
    try ConvolutionShape(
      inputChannels: 2, outputChannels: 3, inputHeight: 130, inputWidth: 90, kernelHeight: 5, kernelWidth: 4,
      strideY: 2, strideX: 3, dilationY: 3, dilationX: 2, padding: Padding(4))
  },
]

/// The three passes of a plan.
private func passes<S: SpectralScalar>(
  _ plan: ConvolutionPlan<S>, _ x: Tensor<S>, _ k: Tensor<S>, _ g: Tensor<S>
) -> [Tensor<S>] {
  let prepared = plan.prepare(k.span)
  let workspace = plan.makeWorkspace()
  return [
    writing(Tensor(repeating: .nan, shape: g.shape)) {
      plan.forward(x.span, prepared, into: &$0, workspace: workspace)
    },
    writing(Tensor(repeating: .nan, shape: x.shape)) {
      plan.gradientInput(g.span, prepared, into: &$0, workspace: workspace)
    },
    writing(Tensor.zeros(k.shape)) {
      plan.gradientKernel(x.span, g.span, addingTo: &$0, workspace: workspace)
    },
  ]
}

@Suite struct OverlapSaveTests {
  @Test(arguments: shapes.indices, Boundary.allCases)
  func severalTilesFollowTheDefinitionWithAnyNumberOfThreads(index: Int, boundary: Boundary) throws {
    let shape = try shapes[index]()
    let seed = UInt64(900 + index)
    let x = randomTensor([2] + shape.imageShape, seed: seed, as: Double.self)
    let k = randomTensor(shape.bankShape, seed: seed + 50, as: Double.self)
    let g = randomTensor([2] + shape.resultShape, seed: seed + 100, as: Double.self)
    let plan = try ConvolutionPlan<Double>(shape, method: .overlapSave, boundary: boundary)
    #expect(try #require(plan.tileGeometry).tiles > 2)
    let found = ThreadPool.$substitute.withValue(ThreadPool(threadCount: 1)) { passes(plan, x, k, g) }
    for threads in [2, 3] {
      #expect(ThreadPool.$substitute.withValue(ThreadPool(threadCount: threads)) { passes(plan, x, k, g) } == found)
    }
    let expected = [
      ConvolutionDefinition.forward(x, k, shape, boundary: boundary),
      ConvolutionDefinition.gradientInput(g, k, shape, boundary: boundary),
      ConvolutionDefinition.gradientKernel(x, g, shape, boundary: boundary),
    ]
    for (found, expected) in zip(found, expected) {
      #expect(relativeError(found, expected) < 1e-13, "\(plan.tileGeometry!), seed \(seed)")
    }
  }

  /// Outputs that would not stay in the caches are written past them, which odd widths begin and end in the middle of a line
  /// of the cache.
  @Test(arguments: [(1, 1, 1531, 1447), (1, 3, 811, 907), (2, 1, 1531, 1447), (1, 1, 1, 2_200_001)])
  func largeOutputsAreWrittenAsSmallOnes(channels: Int, filters: Int, height: Int, width: Int) throws {
    func check<S: SpectralScalar>(_ precision: S.Type, stride: Int, _ bound: S) throws {
      let kernelHeight = min(9, height)
      let shape = try ConvolutionShape(
        inputChannels: channels, outputChannels: filters, inputHeight: height, inputWidth: width,
        kernelHeight: kernelHeight, kernelWidth: 6, strideX: stride,
        padding: Padding(top: kernelHeight / 2, bottom: kernelHeight / 2, left: 3, right: 2))
      let x = randomTensor([1] + shape.imageShape, seed: 61, as: S.self)
      let k = randomTensor(shape.bankShape, seed: 62, as: S.self)
      let g = randomTensor([1] + shape.resultShape, seed: 63, as: S.self)
      let found = try [ConvolutionMethod.overlapSave, .direct].map { method in
        passes(try ConvolutionPlan<S>(shape, method: method), x, k, g)
      }
      #expect(g.count * MemoryLayout<S>.stride * stride > 8 << 20)
      for (tiles, direct) in zip(found[0], found[1]).dropLast() { #expect(relativeError(tiles, direct) < bound) }
    }
    try check(Float.self, stride: 1, 1e-6)
    try check(Double.self, stride: 1, 1e-14)
    try check(Float.self, stride: 2, 1e-6)
  }

  /// Which images are in a batch does not change the bits of any of them, however large its neighbours are.
  @Test func imagesOfABatchAreIndependent() throws {
    let shape = try shapes[0]()
    let plan = try ConvolutionPlan<Float>(shape, method: .overlapSave)
    let k = randomTensor(shape.bankShape, seed: 1, as: Float.self)
    let small = randomTensor([1] + shape.imageShape, seed: 2, as: Float.self)
    let large = 1e12 * randomTensor([1] + shape.imageShape, seed: 3, as: Float.self)
    let both = Tensor(small.elements + large.elements, shape: [2] + shape.imageShape)
    let prepared = plan.prepare(k.span)
    func forward(_ x: Tensor<Float>) -> Tensor<Float> {
      writing(Tensor(repeating: .nan, shape: [x.shape[0]] + shape.resultShape)) {
        plan.forward(x.span, prepared, into: &$0, workspace: plan.makeWorkspace())
      }
    }
    #expect(forward(both)[rows: 0..<1] == forward(small))
  }
}
