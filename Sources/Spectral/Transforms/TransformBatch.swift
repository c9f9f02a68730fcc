internal import Parallel
internal import Tensors

/// Transforms the items of a batch one by one, shared among the threads of the pool.
///
/// Plans are made for aligned memory; an item that lies elsewhere goes through an aligned copy, so that the bits of a
/// result do not depend on its place in the batch.
///
/// - Parameters:
///   - input: The items, one after the other.
///   - itemCount: The elements of one item.
///   - shape: The shape of the result.
///   - outputCount: The elements of one result.
///   - copiesInput: Whether `body` destroys what it reads.
///   - body: Transforms one item from aligned memory to aligned memory.
/// - Returns: The results, one after the other.
func transformBatch<Input: Sendable, Output: Sendable>(
  _ input: Tensor<Input>, itemCount: Int, shape: [Int], outputCount: Int, copiesInput: Bool = false,
  _ body: @Sendable (UnsafeMutablePointer<Input>, UnsafeMutablePointer<Output>) -> Void
) -> Tensor<Output> {
  let items = input.count / itemCount
  let blockCount = max(1, (1 << 14) / itemCount)
  return Tensor(shape: shape) { output in
    guard items > 0 else { return }
    input.withUnsafeBufferPointer { input in
      // Read only, and written in parts that do not overlap.
      nonisolated(unsafe) let (source, target) = (input.baseAddress!, output.baseAddress!)
      parallelFor((items + blockCount - 1) / blockCount) { block in
        let inputCopy = AlignedMemory<Input>(count: itemCount)
        let outputCopy = AlignedMemory<Output>(count: outputCount)
        for item in block * blockCount..<min(items, (block + 1) * blockCount) {
          let from = UnsafeMutablePointer(mutating: source + item * itemCount)
          let to = target + item * outputCount
          let reads = copiesInput || !isAligned(from) ? inputCopy.base : from
          let writes = isAligned(to) ? to : outputCopy.base
          if reads != from { reads.update(from: from, count: itemCount) }
          body(reads, writes)
          if writes != to { to.update(from: writes, count: outputCount) }
        }
      }
    }
  }
}
