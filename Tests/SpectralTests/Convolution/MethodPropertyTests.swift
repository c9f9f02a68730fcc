import Foundation
import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

/// What one plan makes of the images, the bank and the gradient of a case.
private struct Passes<S: SpectralScalar>: Equatable {
  let result, imageGradient, bankGradient: Tensor<S>

  /// Runs every pass, with memory that holds NaN where nothing is to be read.
  init(_ plan: ConvolutionPlan<S>, _ instance: ConvolutionCase, soiling: Bool = false) {
    let (images, bank) = (instance.images.map { S($0) }, instance.bank.map { S($0) })
    let gradient = instance.resultGradient.map { S($0) }
    let (workspace, record) = (plan.makeWorkspace(), plan.makeRecord())
    let prepared = plan.prepare(bank.span)
    let nothing = { (like: Tensor<S>) in Tensor<S>(repeating: .nan, shape: like.shape) }
    if soiling {
      _ = writing(nothing(gradient)) { plan.forward(images.span, prepared, into: &$0, workspace: workspace) }
      workspace.soil(with: .nan)
    }
    result = writing(nothing(gradient)) {
      plan.forward(images.span, prepared, into: &$0, record: record, workspace: workspace)
    }
    imageGradient = writing(nothing(images)) {
      plan.gradientInput(gradient.span, prepared, into: &$0, workspace: workspace)
    }
    bankGradient = writing(Tensor<S>.zeros(bank.shape)) {
      plan.gradientKernel(images.span, gradient.span, addingTo: &$0, record: record, workspace: workspace)
    }
  }
}

extension Passes {
  /// The gradients from one pass, and a bank's gradient that is added to zeros.
  fileprivate init(_ plan: ConvolutionPlan<S>, inOnePassOf instance: ConvolutionCase, keepsRecord: Bool) {
    let (images, bank) = (instance.images.map { S($0) }, instance.bank.map { S($0) })
    let gradient = instance.resultGradient.map { S($0) }
    let (workspace, record) = (plan.makeWorkspace(), keepsRecord ? plan.makeRecord() : nil)
    let prepared = plan.prepare(bank.span)
    result = writing(Tensor(repeating: .nan, shape: gradient.shape)) {
      plan.forward(images.span, prepared, into: &$0, record: record, workspace: workspace)
    }
    workspace.soil(with: .nan)
    var imageGradient = Tensor<S>(repeating: .nan, shape: images.shape)
    bankGradient = writing(Tensor<S>.zeros(bank.shape)) { bankGradient in
      imageGradient = writing(imageGradient) {
        plan.gradients(
          gradient.span, input: images.span, prepared, into: &$0, addingTo: &bankGradient, record: record,
          workspace: workspace)
      }
    }
    self.imageGradient = imageGradient
  }
}

@Suite struct MethodPropertyTests {
  /// A gradient of a bank is a sum over images and positions; for a separable kernel it is another method's.
  private func check<S: SpectralScalar>(
    _ method: ConvolutionMethod, _ instance: ConvolutionCase, as precision: S.Type
  ) throws {
    let plan = try ConvolutionPlan<S>(instance.shape, method: method, boundary: instance.boundary)
    check(plan, instance) { terms, method in
      roundingConstant(method, terms: terms, points: instance.shape.extendedPoints)
    }
  }

  private func check<S: SpectralScalar>(
    _ plan: ConvolutionPlan<S>, _ instance: ConvolutionCase, bound: (Int, ConvolutionMethod) -> Double
  ) {
    let (shape, method) = (instance.shape, plan.method)
    let passes = Passes(plan, instance, soiling: true)
    func constant(_ terms: Int, _ method: ConvolutionMethod) -> Double {
      bound(terms, method) * Double(S.epsilon)
    }
    func distance(_ a: Tensor<S>, _ b: Tensor<Double>) -> Double { (a.map { Double($0) } - b).norm }
    let (area, l1) = (shape.kernelHeight * shape.kernelWidth, instance.bank.map { abs($0) }.sum)
    let about: Comment = "\(method) \(S.self), \(instance)"
    let forward = constant(shape.inputChannels * area, method) * instance.images.norm * l1
    #expect(distance(passes.result, instance.result) <= forward, "forward by \(about)")
    let backward = constant(shape.outputChannels * area, method) * instance.resultGradient.norm * l1
    #expect(distance(passes.imageGradient, instance.imageGradient) <= backward, "image gradient by \(about)")
    let sums = constant(instance.resultGradient.count, method == .separable ? .automatic : method)
    let scale = Double(area).squareRoot() * instance.images.norm * instance.resultGradient.norm
    #expect(distance(passes.bankGradient, instance.bankGradient) <= sums * scale, "bank gradient by \(about)")
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func everyPassFollowsItsDefinition(method: ConvolutionMethod) throws {
    var served = 0
    let cases = ConvolutionCase.random + ConvolutionCase.named
    for instance in cases {
      let isServed = try serves(method) { method in
        try check(method, instance, as: Float.self)
        try check(method, instance, as: Double.self)
      }
      if isServed { served += 1 }
    }
    let servable = generalMethods.contains(method) ? cases : cases.filter(\.shape.isServedByWinograd)
    #expect(served == servable.count && served > 10, "\(method) refused cases")
  }

  /// Both gradients in one pass, with the record of a forward pass or without, are those of two passes, bit by bit.
  @Test(arguments: ConvolutionMethod.allCases)
  func gradientsInOnePassAreThoseOfTwo(method: ConvolutionMethod) throws {
    for instance in ConvolutionCase.random.prefix(36) {
      _ = try serves(method) { method in
        let plan = try ConvolutionPlan<Float>(instance.shape, method: method, boundary: instance.boundary)
        let expected = Passes(plan, instance)
        for keepsRecord in [false, true] {
          #expect(
            Passes(plan, inOnePassOf: instance, keepsRecord: keepsRecord) == expected,
            "\(method), record \(keepsRecord), \(instance)")
        }
      }
    }
  }

  /// An image's results are as precise beside an image 2³⁰ times as large as they are alone.
  @Test(arguments: ConvolutionMethod.allCases, [-30, 30])
  func imagesOfABatchKeepTheirOwnPrecision(method: ConvolutionMethod, exponent: Int) throws {
    let shape = try bank(2, 3, (9, 10), (3, 3), padding: Padding(1))
    let factors = [1, Float(sign: .plus, exponent: exponent, significand: 1)]
    func images(_ shape: [Int], seed: UInt64, _ factors: [Float]) -> Tensor<Float> {
      let plain: Tensor<Float> = randomTensor([2] + shape, seed: seed)
      return Tensor(
        plain.elements.indices.map { plain.elements[$0] * factors[$0 * 2 / plain.count] }, shape: plain.shape)
    }
    let x = images(shape.imageShape, seed: 72, factors)
    let g = images(shape.resultShape, seed: 73, factors)
    let k: Tensor<Float> = randomTensor(shape.bankShape, seed: 74)
    let (y, dx) = (ConvolutionDefinition.forward(x, k, shape), ConvolutionDefinition.gradientInput(g, k, shape))
    let l1 = k.map { abs($0) }.sum
    let tolerance = Float(roundingConstant(method, terms: 27, points: shape.extendedPoints)) * Float.epsilon * l1
    _ = try serves(method) { method in
      let plan = try ConvolutionPlan<Float>(shape, method: method)
      let (bank, workspace) = (plan.prepare(k.span), plan.makeWorkspace())
      let result = writing(Tensor(repeating: .nan, shape: y.shape)) {
        plan.forward(x.span, bank, into: &$0, workspace: workspace)
      }
      var gradient = dx
      for input in [x, images(shape.imageShape, seed: 75, factors.reversed())] {
        _ = writing(k) { kernelGradient in
          gradient = writing(Tensor(repeating: .nan, shape: dx.shape)) {
            plan.gradients(
              g.span, input: input.span, bank, into: &$0, addingTo: &kernelGradient, workspace: workspace)
          }
        }
        for image in 0..<2 {
          let rows = image..<image + 1
          #expect((result[rows: rows] - y[rows: rows]).norm <= tolerance * x[rows: rows].norm, "forward by \(method)")
          #expect(
            (gradient[rows: rows] - dx[rows: rows]).norm <= tolerance * g[rows: rows].norm, "gradient by \(method)")
        }
      }
    }
  }

  /// Grids beyond those that are transformed in pairs.
  @Test(arguments: [Boundary.zero, .circular, .reflect])
  func largePlanesFollowTheirDefinitions(boundary: Boundary) throws {
    let shape = try bank(2, 3, (131, 127), (3, 2), strides: (1, 2), padding: Padding(2))
    try check(.fft, ConvolutionCase(shape, boundary, images: 1, seed: 71), as: Float.self)
  }

  /// One kernel on large planes, whose transform is one tile: kernels that wrap round its period on either side or not at
  /// all, dilated ones, and images of several tiles' height beside few columns.
  @Test(arguments: Boundary.allCases)
  func wholePlanesFollowTheirDefinitions(boundary: Boundary) throws {
    let shapes = try [
      bank(1, 1, (131, 127), (30, 21), padding: .same(kernelHeight: 30, kernelWidth: 21)),
      bank(1, 1, (140, 150), (9, 12), padding: Padding(top: 8, bottom: 0, left: 0, right: 11)),
      bank(1, 1, (133, 129), (7, 4), dilations: (3, 2), padding: Padding(top: 1, bottom: 20, left: 7, right: 2)),
      bank(2, 2, (300, 64), (40, 9), groups: 2, padding: Padding(4)),
    ]
    for shape in shapes {
      let instance = ConvolutionCase(shape, boundary, images: 2, seed: 77)
      for method in [ConvolutionMethod.fft, .overlapSave] {
        try check(method, instance, as: Float.self)
        try check(method, instance, as: Double.self)
      }
    }
  }

  /// F(2×2, 3×3) rounds less than F(4×4, 3×3).
  @Test(arguments: [(2, 16.0), (4, 100.0)])
  func eachTileOfWinogradKeepsItsBound(tile: Int, constant: Double) throws {
    for instance in ConvolutionCase.random + ConvolutionCase.named where instance.shape.isServedByWinograd {
      let (shape, boundary) = (instance.shape, instance.boundary)
      check(try ConvolutionPlan<Float>(shape, boundary: boundary, winogradTile: tile), instance) { _, _ in constant }
      check(try ConvolutionPlan<Double>(shape, boundary: boundary, winogradTile: tile), instance) { _, _ in constant }
    }
  }

  @Test func winogradNamesWhatItCannotServe() throws {
    for shape in try [
      bank(1, 1, (8, 8), (5, 5)), bank(1, 1, (8, 8), (3, 3), strides: (2, 1)),
      bank(1, 1, (8, 8), (3, 3), dilations: (1, 2)),
    ] {
      let error = #expect(throws: InputError.self) { try ConvolutionPlan<Float>(shape, method: .winograd) }
      #expect(error?.description.contains("3×3 kernel") == true)
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func threadsDoNotChangeBits(method: ConvolutionMethod) throws {
    let pools = (1...3).map { ThreadPool(threadCount: $0) }
    for instance in ConvolutionCase.random.prefix(36) {
      _ = try serves(method) { method in
        let plan = try ConvolutionPlan<Float>(instance.shape, method: method, boundary: instance.boundary)
        let passes = pools.map { pool in ThreadPool.$substitute.withValue(pool) { Passes(plan, instance) } }
        #expect(passes[1] == passes[0] && passes[2] == passes[0], "\(method), \(instance)")
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func aPlanMayBeUsedByManyThreadsAtOnce(method: ConvolutionMethod) throws {
    for instance in ConvolutionCase.random.prefix(12) {
      _ = try serves(method) { method in
        let plan = try ConvolutionPlan<Float>(instance.shape, method: method, boundary: instance.boundary)
        let expected = Passes(plan, instance)
        DispatchQueue.concurrentPerform(iterations: 6) { _ in
          #expect(Passes(plan, instance) == expected, "\(method), \(instance)")
        }
      }
    }
  }
}

extension ConvolutionShape {
  fileprivate var isServedByWinograd: Bool {
    [kernelHeight, kernelWidth] == [3, 3] && [strideY, strideX, dilationY, dilationX] == [1, 1, 1, 1]
  }
}
