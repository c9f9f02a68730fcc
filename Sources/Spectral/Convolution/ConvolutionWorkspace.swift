internal import Tensors

/// The scratch memory of convolution plans: one per thread that calls them.
///
/// It grows to what the passes used with it need and then stays, so that a pass that has run once allocates nothing for
/// itself. A batch of images that is shared among threads keeps scratch memory for each of them here.
///
/// `Sendable` so that it can be handed to the thread that uses it; no two threads may use it at the same time.
public final class ConvolutionWorkspace<S: SpectralScalar>: @unchecked Sendable {
  private var memory = AlignedMemory<S>(count: 0)
  private var others: [ConvolutionWorkspace] = []

  /// Creates an empty workspace, which any plan may use; `makeWorkspace()` of a plan calls it.
  init() {}

  func scratch(_ count: Int) -> UnsafeMutablePointer<S> {
    if memory.count < count { memory = AlignedMemory(count: count) }
    return memory.base
  }

  /// One workspace for each worker of a loop, this one the first; must be called before the loop.
  func forWorkers(_ count: Int) -> [ConvolutionWorkspace] {
    while others.count < count - 1 { others.append(ConvolutionWorkspace()) }
    return [self] + others
  }

  /// The numbers that the scratch memory has room for.
  package var capacity: Int { others.reduce(memory.count) { $0 + $1.capacity } }

  /// Fills the scratch memory, to show that a pass does not read what an earlier one left.
  package func soil(with value: S) {
    for index in 0..<memory.count { memory.base[index] = value }
    for other in others { other.soil(with: value) }
  }
}
