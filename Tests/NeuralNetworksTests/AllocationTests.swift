import NeuralNetworks
import Parallel
import Tensors
import TestSupport
import Testing

@Suite(.enabled(if: Allocations.areCounted)) struct AllocationTests {
  /// An epoch of 21 steps asks for memory as often as one of 11, so a step does not at all; given some epochs in which
  /// every thread comes to work on every layer.
  @Test(arguments: Architecture.allCases, [1, 2])
  func aStepAllocatesNothing(_ architecture: Architecture, threads: Int) throws {
    let pool = ThreadPool(threadCount: threads)
    let requests = try ThreadPool.$substitute.withValue(pool) {
      let epoch = try Self.epoch(architecture, pool)
      var requests = [(long: try epoch(660), short: try epoch(340))]
      while requests.last!.long != requests.last!.short && requests.count < 20 {
        requests.append((try epoch(660), try epoch(340)))
      }
      return requests
    }
    #expect(requests.last!.long == requests.last!.short, "\(requests)")
  }

  /// An epoch of a number of images, which returns how often it asked for memory.
  private static func epoch(_ architecture: Architecture, _ pool: ThreadPool) throws -> (_ count: Int) throws -> Int {
    let shape = architecture == .lenet5 ? [1, 32, 32] : [1, 16, 16]
    let network = try architecture.network(inputShape: shape, classCount: 10)
    let trainer = try Trainer(
      network, weights: Weights<Float>(initializing: network, from: RandomStream(seed: 1)), optimizer: Adam(),
      batchSize: 32, pool: pool)
    let images: Tensor<Float> = randomTensor([660] + shape, seed: 2)
    let labels = (0..<660).map { $0 % 10 }
    return { count in
      let (images, labels) = (images[rows: 0..<count], Array(labels[..<count]))
      return try Allocations.count(on: pool) {
        try trainer.trainEpoch(images: images, labels: labels, shuffledBy: RandomStream(seed: 3))
      }
    }
  }

  @Test func anAllocationIsCounted() {
    let pool = ThreadPool(threadCount: 2)
    let none = Allocations.count(on: pool) {}
    let some = Allocations.count(on: pool) {
      let memory = UnsafeMutableRawPointer.allocate(byteCount: 1000, alignment: 64)
      memory.storeBytes(of: 1, as: UInt8.self)
      memory.deallocate()
    }
    #expect(some == none + 1)
  }
}
