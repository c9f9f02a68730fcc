internal import Parallel
internal import Tensors

/// Who transforms one unit of tiles, with what memory: one worker, or all of a workspace's, which share its blocks.
///
/// `@unchecked Sendable` because the spectra are written in parts that do not overlap, and each worker has buffers of its
/// own.
struct TileWorkers<S: SpectralScalar>: @unchecked Sendable {
  /// More parts than threads, so that one that comes late does less.
  private static var parts: Int { 16 }

  /// Memory for the spectra of a unit.
  let spectra: UnsafeMutablePointer<S>
  /// The buffers of the calling worker.
  let buffers: TileBuffers<S>

  private let transform: TileTransform<S>
  private let workspace: ConvolutionWorkspace<S>?

  /// One worker.
  ///
  /// - Parameters:
  ///   - transform: The transform of tiles.
  ///   - count: How many spectra there is memory for.
  ///   - worker: The worker's scratch memory.
  init(_ transform: TileTransform<S>, spectra count: Int, of worker: ConvolutionWorkspace<S>) {
    self.init(transform, spectra: count, worker, sharing: nil)
  }

  private init(
    _ transform: TileTransform<S>, spectra count: Int, _ worker: ConvolutionWorkspace<S>,
    sharing workspace: ConvolutionWorkspace<S>?
  ) {
    self.transform = transform
    self.workspace = workspace
    spectra = worker.scratch(count * transform.count + transform.bufferCount)
    buffers = transform.buffers(spectra + count * transform.count, of: worker)
  }

  private func buffers(of worker: Int, in workspace: ConvolutionWorkspace<S>) -> TileBuffers<S> {
    guard worker > 0 else { return buffers }
    let own = workspace.worker(worker)
    return transform.buffers(own.scratch(transform.bufferCount), of: own)
  }

  /// The numbers of a spectrum beyond which several of them compete for the processor's caches.
  private static var mostNumbersOfEach: Int { (2 << 20) / MemoryLayout<S>.size }

  /// Whether threads share units: those that are not too large for each thread to have one of its own, and so many of them
  /// that all threads are busy.
  static func sharesUnits(_ count: Int, of numbers: Int, among threads: Int) -> Bool {
    numbers <= mostNumbersOfEach && share(count, among: threads) > 0.9 * Double(threads)
  }

  /// Runs `body` for each of many units, which threads share, or whose blocks they share.
  ///
  /// - Parameters:
  ///   - count: The number of units.
  ///   - transform: The transform of tiles.
  ///   - spectra: How many spectra of a unit there is memory for.
  ///   - workspace: Scratch memory.
  ///   - body: Receives the number of the unit, and what will probably be the number of the worker's next, perhaps `count`
  ///     or more.
  static func forEach(
    _ count: Int, _ transform: TileTransform<S>, spectra: Int, _ workspace: ConvolutionWorkspace<S>,
    _ body: @Sendable (_ index: Int, _ next: Int, _ workers: TileWorkers) -> Void
  ) {
    let threads = ThreadPool.current.workerCount
    workspace.reserve(workers: threads)
    if sharesUnits(count, of: transform.count, among: threads) {
      parallelFor(count) { index, worker in
        body(index, index + threads, TileWorkers(transform, spectra: spectra, of: workspace.worker(worker)))
      }
    } else {
      let workers = TileWorkers(transform, spectra: spectra, workspace.worker(0), sharing: workspace)
      for index in 0..<count { body(index, index + 1, workers) }
    }
  }

  /// Runs `body` for all blocks of rows or columns of a pass, in parts where threads share them.
  func forEachPart(of blocks: Range<Int>, _ body: @Sendable (_ blocks: Range<Int>, _ buffers: TileBuffers<S>) -> Void) {
    guard let workspace else { return body(blocks, buffers) }
    let parts = min(blocks.count, Self.parts)
    parallelFor(parts) { part, worker in
      body(part * blocks.count / parts..<(part + 1) * blocks.count / parts, buffers(of: worker, in: workspace))
    }
  }
}
