/// Which images a batch consists of, and what the network's outputs should be.
///
/// `Sendable` because it is written between parallel loops only.
final class TrainingBatch<S: NetworkScalar>: @unchecked Sendable {
  let order: Buffer<Int>

  private let outputCount: Int
  private let numbers: Buffer<S>

  init(_ network: Network, size: Int) {
    outputCount = network.outputShape.reduce(1, *)
    order = Buffer(repeating: 0, count: size)
    numbers = Buffer(repeating: 0, count: size * outputCount)
  }

  /// The targets of some items.
  func targets(_ items: Range<Int>) -> UnsafeMutableBufferPointer<S> {
    numbers[items.lowerBound * outputCount..<items.upperBound * outputCount]
  }

  /// Takes some images and their targets.
  func load(_ indices: ArraySlice<Int>, _ targets: Targets<S>, _ classTargets: ClassTargets) {
    let place = order.all
    for (item, index) in indices.enumerated() { place[item] = index }
    switch targets {
    case .classes(let labels):
      let rows = self.targets(0..<indices.count)
      rows.update(repeating: S(classTargets.off))
      for (item, index) in indices.enumerated() { rows[item * outputCount + labels[index]] = S(classTargets.on) }
    case .values(let values):
      values.withUnsafeBufferPointer { values in
        for (item, index) in indices.enumerated() {
          _ = self.targets(item..<item + 1).update(
            fromContentsOf: UnsafeBufferPointer(rebasing: values[index * outputCount..<(index + 1) * outputCount]))
        }
      }
    }
  }
}
