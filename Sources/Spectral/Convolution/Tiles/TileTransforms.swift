internal import Parallel

/// The transforms of an overlap-save convolution's tiles, there and back, and nothing else: the time that a convolution
/// by these tiles is measured against.
package struct TileTransforms<S: SpectralScalar>: Sendable {
  private let pairs: Int
  private let transform: TileTransform<S>

  /// Takes the tiles of a plan.
  package init(_ geometry: TileGeometry) {
    pairs = geometry.pairs
    transform = TileTransform(height: geometry.rows.length, width: geometry.columns.length)
  }

  /// Transforms as many tiles as one image has; what they hold does not matter.
  package func callAsFunction(_ workspace: ConvolutionWorkspace<S>) {
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(pairs) { [transform] _, worker in
      let spectrum = workspace.worker(worker).scratch(transform.count + 2 * transform.bufferCount)
      let first = spectrum + transform.count
      transform.roundTrip(spectrum, TileBuffers(first: first, second: first + transform.bufferCount))
    }
  }
}
