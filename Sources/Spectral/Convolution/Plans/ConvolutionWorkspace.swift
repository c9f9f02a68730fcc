internal import Tensors

/// The scratch memory of convolution plans: one per thread that calls them.
///
/// It grows to what the passes used with it need and then stays, so that a pass that has run once allocates nothing (some
/// transforms of FFTW, and the matrix products of oneDNN, take memory for the time of a call). A pass that is shared among
/// threads keeps scratch memory for each of them here, and hands them a closure.
///
/// `Sendable` so that it can be handed to the thread that uses it; no two threads may use it at the same time.
public final class ConvolutionWorkspace<S: SpectralScalar>: @unchecked Sendable {
  private var memory = AlignedMemory<S>(count: 0)
  private var workers: [ConvolutionWorkspace] = []
  private let magnitude = UnsafeMutablePointer<S>.allocate(capacity: 1)
  private var isWatching: Bool

  /// Creates an empty workspace, which any plan may use; `makeWorkspace()` of a plan calls it.
  convenience init() { self.init(isWatching: false) }

  private init(isWatching: Bool) {
    self.isWatching = isWatching
    magnitude.initialize(to: 0)
  }

  deinit { magnitude.deallocate() }

  /// Memory of the calling thread, valid until the next call.
  func scratch(_ count: Int) -> UnsafeMutablePointer<S> {
    if memory.count < count { memory = AlignedMemory(count: count) }
    return memory.base
  }

  /// Makes room for the workers of a loop; called before it.
  func reserve(workers count: Int) {
    while workers.count < count { workers.append(ConvolutionWorkspace(isWatching: isWatching)) }
  }

  /// The workspace of a worker of a loop, which is not this one even for worker 0.
  func worker(_ index: Int) -> ConvolutionWorkspace { workers[index] }

  /// Runs a pass that tells the largest magnitude of the samples that it meets, infinite where one is not finite.
  ///
  /// - Parameter pass: A pass by an algorithm that ``ConvolutionAlgorithm/meetsSamples``.
  /// - Returns: The magnitude.
  func watching(_ pass: () -> Void) -> S {
    setWatching(true)
    defer { setWatching(false) }
    pass()
    return largest
  }

  /// Where the largest magnitude is kept; `nil` where nobody asks.
  var watch: UnsafeMutablePointer<S>? { isWatching ? magnitude : nil }

  private func setWatching(_ isWatching: Bool) {
    self.isWatching = isWatching
    magnitude.pointee = 0
    for worker in workers { worker.setWatching(isWatching) }
  }

  private var largest: S { workers.reduce(magnitude.pointee) { max($0, $1.largest) } }

  /// The numbers that the scratch memory has room for.
  package var capacity: Int { workers.reduce(memory.count) { $0 + $1.capacity } }

  /// Fills the scratch memory, to show that a pass does not read what an earlier one left.
  package func soil(with value: S) {
    for index in 0..<memory.count { memory.base[index] = value }
    for worker in workers { worker.soil(with: value) }
  }
}
