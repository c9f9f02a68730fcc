import Parallel

/// What threads do with the parts of a training batch.
struct PassWorker<S: NetworkScalar>: Sendable {
  let executor: NetworkExecutor<S>
  let batch: TrainingBatch<S>
  let partition: BatchPartition
  let source: BatchSource<S>
  let loss: any Loss
  /// 1 / the weight of the batch.
  let scale: S
  let step: Int
  let parameters: Buffer<S>
  let gradients: Buffer<S>
  let lossSums: Buffer<Double>

  /// The place of a part in memory.
  func part(_ index: Int, _ lane: Int) -> PassPart {
    executor.part(index, lane: lane, items: partition[index], step: step)
  }

  /// Carries a part along one stretch of the way; after the last one to its loss and along the first stretch back.
  func forward(_ stretch: Int, _ part: PassPart) {
    let items = part.place.firstItem..<part.place.firstItem + part.count
    if stretch == 0 { source.gather(batch.order[items], into: executor.input(part)) }
    executor.forward(stretch, part, parameters: parameters)
    guard stretch == executor.stretches.last else { return }
    var outputGradient = executor.outputGradient(part).mutableSpan
    lossSums[part.index..<part.index + 1][0] = loss.evaluate(
      executor.output(part).span, targets: batch.targets(items).span, count: part.count, scale: scale,
      gradient: &outputGradient)
    let gradient = gradient(part)
    gradient.baseAddress?.clear(count: gradient.count)
    executor.backward(0, part, parameters: parameters, addingTo: gradient)
  }

  /// Carries a part along one stretch of the way back.
  func backward(_ stretch: Int, _ part: PassPart) {
    executor.backward(stretch, part, parameters: parameters, addingTo: gradient(part))
  }

  private func gradient(_ part: PassPart) -> UnsafeMutableBufferPointer<S> {
    let count = executor.plan.layout.trainedCount
    return gradients[part.index * count..<(part.index + 1) * count]
  }
}

/// The loop over the parts of a batch on one stretch of the way, forward or back.
struct StretchLoop<S: NetworkScalar>: LoopBody {
  let worker: PassWorker<S>
  let stretch: Int
  let isBack: Bool

  func callAsFunction(_ index: Int, _ lane: Int) {
    let part = worker.part(index, lane)
    if isBack { worker.backward(stretch, part) } else { worker.forward(stretch, part) }
  }
}

/// Images that threads read while a batch is computed.
///
/// `Sendable` because nobody writes them and the call that made it outlives the loop that uses it.
struct BatchSource<S: NetworkScalar>: @unchecked Sendable {
  let base: UnsafePointer<S>
  let itemCount: Int

  /// Copies the images of the given numbers, one after the other.
  func gather(_ indices: UnsafeMutableBufferPointer<Int>, into target: UnsafeMutableBufferPointer<S>) {
    for (place, index) in indices.enumerated() {
      (target.baseAddress! + place * itemCount).update(from: base + index * itemCount, count: itemCount)
    }
  }
}
