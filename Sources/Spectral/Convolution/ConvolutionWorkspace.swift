internal import Tensors

/// The scratch memory of convolution plans: one per thread.
///
/// It grows to what the passes used with it need and then stays, so that a pass that has run once allocates nothing.
///
/// `Sendable` so that it can be handed to the thread that uses it; no two threads may use it at the same time.
public final class ConvolutionWorkspace<S: SpectralScalar>: @unchecked Sendable {
  private var memory = AlignedMemory<S>(count: 0)

  /// Creates an empty workspace, which any plan may use.
  public init() {}

  func scratch(_ count: Int) -> UnsafeMutablePointer<S> {
    if memory.count < count { memory = AlignedMemory(count: count) }
    return memory.base
  }

  /// Fills the scratch memory, to show that a pass does not read what an earlier one left.
  package func soil(with value: S) {
    for index in 0..<memory.count { memory.base[index] = value }
  }
}
