import Spectral
import Tensors
import TestSupport
import Testing

/// Shapes that a bank may meet: strides, paddings on single sides, more padding than kernel, filters in and out of
/// groups, kernels larger than the image, images of one row.
private let shapes: [(name: String, shape: @Sendable () throws -> ConvolutionShape)] = [
  ("3x3 same", { try bank(1, 8, (16, 16), (3, 3), padding: Padding(1)) }),
  ("channels", { try bank(5, 6, (9, 12), (3, 3), padding: Padding(1)) }),
  ("15x15", { try bank(2, 5, (16, 16), (15, 15), padding: Padding(7)) }),
  ("even kernel", { try bank(2, 3, (10, 7), (4, 2), padding: .same(kernelHeight: 4, kernelWidth: 2)) }),
  ("valid", { try bank(3, 2, (11, 13), (5, 4)) }),
  ("1x1", { try bank(3, 4, (5, 5), (1, 1)) }),
  ("one sample", { try bank(1, 1, (1, 1), (1, 1)) }),
  ("one row", { try bank(1, 2, (1, 37), (1, 7), padding: Padding(top: 0, bottom: 0, left: 3, right: 3)) }),
  ("one column", { try bank(2, 1, (23, 1), (5, 1), padding: Padding(top: 2, bottom: 2, left: 0, right: 0)) }),
  ("kernel larger", { try bank(1, 1, (4, 5), (9, 8), padding: .same(kernelHeight: 9, kernelWidth: 8)) }),
  ("full", { try bank(1, 5, (6, 7), (3, 4), padding: Padding(top: 2, bottom: 2, left: 3, right: 3)) }),
  ("excess padding", { try bank(2, 2, (5, 4), (2, 3), padding: Padding(top: 4, bottom: 1, left: 5, right: 0)) }),
  ("stride 2", { try bank(3, 5, (16, 16), (3, 3), strides: (2, 2), padding: Padding(1)) }),
  ("strides 3 and 2", { try bank(2, 4, (13, 9), (4, 3), strides: (3, 2), padding: Padding(2)) }),
  ("dilated", { try bank(2, 3, (14, 11), (3, 2), dilations: (2, 3), padding: Padding(2)) }),
  (
    "dilated and strided", { try bank(1, 4, (14, 11), (3, 3), strides: (2, 3), dilations: (3, 2), padding: Padding(3)) }
  ),
  ("groups", { try bank(6, 4, (7, 8), (3, 3), groups: 2, padding: Padding(1)) }),
  ("depth-wise", { try bank(5, 10, (8, 7), (3, 3), strides: (2, 1), groups: 5, padding: Padding(1)) }),
  ("wide", { try bank(1, 1, (40, 131), (7, 9), padding: .same(kernelHeight: 7, kernelWidth: 9)) }),
]

private func bank(
  _ channels: Int, _ filters: Int, _ image: (Int, Int), _ kernel: (Int, Int), strides: (Int, Int) = (1, 1),
  dilations: (Int, Int) = (1, 1), groups: Int = 1, padding: Padding = Padding(0)
) throws -> ConvolutionShape {
  try ConvolutionShape(
    inputChannels: channels, outputChannels: filters, inputHeight: image.0, inputWidth: image.1,
    kernelHeight: kernel.0, kernelWidth: kernel.1, strideY: strides.0, strideX: strides.1, dilationY: dilations.0,
    dilationX: dilations.1, groups: groups, padding: padding)
}

/// Holds the three passes of one plan to their definitions.
private func check<S: SpectralScalar>(
  _ shape: ConvolutionShape, _ method: ConvolutionMethod, _ boundary: Boundary, images: Int, seed: UInt64,
  as precision: S.Type
) throws {
  let plan = try ConvolutionPlan<S>(shape, method: method, boundary: boundary)
  let x = randomTensor([images, shape.inputChannels, shape.inputHeight, shape.inputWidth], seed: seed, as: S.self)
  let k = randomTensor(
    [shape.outputChannels, shape.inputChannels / shape.groups, shape.kernelHeight, shape.kernelWidth], seed: seed + 1,
    as: S.self)
  let g = randomTensor(
    [images, shape.outputChannels, shape.outputHeight, shape.outputWidth], seed: seed + 2, as: S.self)
  let start = randomTensor(k.shape, seed: seed + 3, as: S.self)
  let workspace = plan.makeWorkspace()
  let prepared = plan.prepare(k.span)
  let nothing = Tensor<S>(repeating: .nan, shape: g.shape)
  let nowhere = Tensor<S>(repeating: .nan, shape: x.shape)
  func passes() -> (y: Tensor<S>, dx: Tensor<S>, dk: Tensor<S>) {
    (
      writing(nothing) { plan.forward(x.span, prepared, into: &$0, workspace: workspace) },
      writing(nowhere) { plan.gradientInput(g.span, prepared, into: &$0, workspace: workspace) },
      writing(start) { plan.gradientKernel(x.span, g.span, addingTo: &$0, workspace: workspace) }
    )
  }
  let (cleanY, cleanInput, cleanKernel) = passes()
  workspace.soil(with: .nan)
  let (y, dx, dk) = passes()
  #expect(y == cleanY && dx == cleanInput && dk == cleanKernel, "dirty scratch memory changes the result")
  let context = "\(method) \(boundary) \(S.self), seed \(seed)"
  let l1 = k.map { abs($0) }.sum
  let area = shape.kernelHeight * shape.kernelWidth
  let expected = ConvolutionDefinition.forward(x, k, shape, boundary: boundary)
  let forward: S = constant(plan, terms: shape.inputChannels * area)
  #expect((y - expected).norm <= forward * S.epsilon * x.norm * l1, "forward \(context)")
  let expectedInput = ConvolutionDefinition.gradientInput(g, k, shape, boundary: boundary)
  let backward: S = constant(plan, terms: shape.outputChannels * area)
  #expect((dx - expectedInput).norm <= backward * S.epsilon * g.norm * l1, "gradientInput \(context)")
  let expectedKernel = start + ConvolutionDefinition.gradientKernel(x, g, shape, boundary: boundary)
  // A weight of channel c and filter f is a sum of products of xᶜ and gᶠ, bounded by ‖xᶜ‖·‖gᶠ‖; kh·kw weights share both.
  let sums: S = constant(plan, terms: images * shape.outputHeight * shape.outputWidth)
  let scale = S.sqrt(S(area)) * x.norm * g.norm + S(images) * start.norm
  #expect((dk - expectedKernel).norm <= sums * S.epsilon * scale, "gradientKernel \(context)")
}

/// The constant c that the module's page states for a method.
private func constant<S: SpectralScalar>(_ plan: ConvolutionPlan<S>, terms: Int) -> S {
  [.fft, .overlapSave].contains(plan.method) ? 4 * max(1, S.log2(S(plan.shape.paddedSize))) : max(8, S.sqrt(S(terms)))
}

/// A copy of a tensor after `body` has written to it.
private func writing<S: SpectralScalar>(_ tensor: Tensor<S>, _ body: (inout MutableSpan<S>) -> Void) -> Tensor<S> {
  var copy = tensor
  var span = copy.mutableSpan
  body(&span)
  return copy
}

extension ConvolutionShape {
  fileprivate var paddedSize: Int {
    (inputHeight + padding.top + padding.bottom) * (inputWidth + padding.left + padding.right)
  }
}

@Suite struct ConvolutionPlanTests {
  @Test(arguments: shapes.indices, [ConvolutionMethod.direct, .im2col, .fft, .overlapSave, .automatic])
  func passesFollowTheirDefinitions(index: Int, method: ConvolutionMethod) throws {
    let shape = try shapes[index].shape()
    for boundary in Boundary.allCases {
      for images in [1, 3] {
        let seed = UInt64(100 * index + images)
        try check(shape, method, boundary, images: images, seed: seed, as: Float.self)
        try check(shape, method, boundary, images: images, seed: seed, as: Double.self)
      }
    }
  }

  @Test func definitionOnHandValues() throws {
    let shape = try bank(1, 2, (2, 3), (1, 2), padding: Padding(top: 0, bottom: 0, left: 1, right: 0))
    let x = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [1, 1, 2, 3])
    let k = Tensor<Double>([1, 10, 0, -1], shape: [2, 1, 1, 2])
    let zero = ConvolutionDefinition.forward(x, k, shape)
    #expect(zero.shape == [1, 2, 2, 3])
    #expect(zero.elements == [10, 21, 32, 40, 54, 65, -1, -2, -3, -4, -5, -6])
    let circular = ConvolutionDefinition.forward(x, k, shape, boundary: .circular)
    #expect(circular.elements == [13, 21, 32, 46, 54, 65, -1, -2, -3, -4, -5, -6])
    let strided = try bank(
      1, 1, (2, 3), (1, 2), strides: (1, 2), padding: Padding(top: 0, bottom: 0, left: 1, right: 0))
    #expect(
      ConvolutionDefinition.forward(x, Tensor([1, 10], shape: [1, 1, 1, 2]), strided).elements == [10, 32, 40, 65])
  }

  /// Convolution is linear in image and kernel, so that ⟨y(x, k), g⟩ equals ⟨x, ∂x(g, k)⟩ and ⟨k, ∂k(x, g)⟩.
  @Test(arguments: shapes.indices, Boundary.allCases)
  func gradientsOfTheDefinitionAreAdjoint(index: Int, boundary: Boundary) throws {
    let shape = try shapes[index].shape()
    let x = randomTensor([2, shape.inputChannels, shape.inputHeight, shape.inputWidth], seed: 81, as: Double.self)
    let k = randomTensor(
      [shape.outputChannels, shape.inputChannels / shape.groups, shape.kernelHeight, shape.kernelWidth], seed: 82,
      as: Double.self)
    let g = randomTensor([2, shape.outputChannels, shape.outputHeight, shape.outputWidth], seed: 83, as: Double.self)
    let product = ConvolutionDefinition.forward(x, k, shape, boundary: boundary).dot(g)
    let tolerance = 1e-13 * x.norm * g.norm * k.map { abs($0) }.sum
    #expect(abs(ConvolutionDefinition.gradientInput(g, k, shape, boundary: boundary).dot(x) - product) <= tolerance)
    #expect(abs(ConvolutionDefinition.gradientKernel(x, g, shape, boundary: boundary).dot(k) - product) <= tolerance)
  }

  @Test func impossibleSizesAreErrors() throws {
    let large = #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (7, 3), padding: Padding(1)) }
    #expect(large?.description.contains("at most 6×6") == true && large?.description.contains("7×3") == true)
    let none = #expect(throws: InputError.self) { try bank(0, 1, (4, 4), (3, 3)) }
    #expect(none?.description.contains("input channels") == true)
    #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (3, 3), strides: (0, 1)) }
    #expect(throws: InputError.self) { try bank(1, 1, (4, 4), (3, 3), padding: Padding(-1)) }
  }
}
