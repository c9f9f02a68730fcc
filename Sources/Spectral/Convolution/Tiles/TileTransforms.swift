internal import Parallel

/// The transforms of an overlap-save convolution's tiles, there and back, and nothing else: the time that a convolution
/// by these tiles is measured against.
package struct TileTransforms<S: SpectralScalar>: Sendable {
  private let geometry: TileGeometry
  private let transform: TileTransform<S>

  /// Takes the tiles of a plan.
  package init(_ geometry: TileGeometry) {
    self.geometry = geometry
    transform = TileTransform(height: geometry.rows.length, width: geometry.columns.length)
  }

  /// Transforms as many tiles as one image has, without the rows that hold nothing or are not wanted; what they hold does
  /// not matter.
  package func callAsFunction(_ workspace: ConvolutionWorkspace<S>) {
    TileWorkers.forEach(geometry.units, transform, spectra: 1, workspace) { _, _, workers in
      transform.roundTrip(active: geometry.rows.active, wanted: geometry.rows.wanted, workers)
    }
  }
}
