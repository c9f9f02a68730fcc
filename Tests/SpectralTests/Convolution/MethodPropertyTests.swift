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

@Suite struct MethodPropertyTests {
  /// A gradient of a bank is a sum over images and positions; for a separable kernel it is another method's.
  private func check<S: SpectralScalar>(
    _ method: ConvolutionMethod, _ instance: ConvolutionCase, as precision: S.Type
  ) throws {
    let shape = instance.shape
    let plan = try ConvolutionPlan<S>(shape, method: method, boundary: instance.boundary)
    let passes = Passes(plan, instance, soiling: true)
    func constant(_ terms: Int, _ method: ConvolutionMethod) -> Double {
      roundingConstant(method, terms: terms, points: shape.extendedPoints) * Double(S.epsilon)
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
    #expect(served == cases.count || !generalMethods.contains(method), "\(method) refused cases")
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
