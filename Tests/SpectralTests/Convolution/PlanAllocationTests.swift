import Parallel
import Spectral
import Tensors
import TestSupport
import Testing

/// A plan that has run once runs again without asking for memory, on the thread that calls it; to share a large image, it
/// hands other threads one closure.
@Suite(.enabled(if: Allocations.areCounted)) struct PlanAllocationTests {
  @Test(arguments: ConvolutionMethod.allCases)
  func aPassAllocatesNothing(_ method: ConvolutionMethod) throws {
    let pool = ThreadPool(threadCount: 1)
    try ThreadPool.$substitute.withValue(pool) {
      for shape in try particularShapes() {
        for boundary in Boundary.allCases {
          _ = try serves(method) { try check(shape, boundary, $0, pool) }
        }
      }
    }
  }

  private func check(
    _ shape: ConvolutionShape, _ boundary: Boundary, _ method: ConvolutionMethod, _ pool: ThreadPool
  ) throws {
    let plan = try ConvolutionPlan<Float>(shape, method: method, boundary: boundary)
    let (workspace, record) = (plan.makeWorkspace(), plan.makeRecord())
    let images: Tensor<Float> = randomTensor([3] + shape.imageShape, seed: 1)
    let bank: Tensor<Float> = randomTensor(shape.bankShape, seed: 2)
    let gradient: Tensor<Float> = randomTensor([3] + shape.resultShape, seed: 3)
    var prepared = plan.prepare(bank.span)
    var result = Tensor<Float>.zeros(gradient.shape)
    var imageGradient = Tensor<Float>.zeros(images.shape)
    var bankGradient = Tensor<Float>.zeros(bank.shape)
    func run() {
      if method != .separable { plan.prepare(bank.span, into: &prepared, workspace: workspace) }
      var output = result.mutableSpan
      plan.forward(images.span, prepared, into: &output, record: record, workspace: workspace)
      var toImages = imageGradient.mutableSpan
      var toBank = bankGradient.mutableSpan
      plan.gradients(
        gradient.span, input: images.span, prepared, into: &toImages, addingTo: &toBank, record: record,
        workspace: workspace)
    }
    run()
    let idle = Allocations.count(on: pool) {}
    let requests = Allocations.count(on: pool, run)
    #expect(requests == idle, "\(method), \(boundary), \(shape): \(requests - idle) requests")
  }
}
