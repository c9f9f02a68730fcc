internal import Numerics
public import Tensors

/// Wavelet scattering by its definition, path by path in Double with the transforms of ``DFT``: the slow oracle of
/// ``ScatteringFeatures``.
public enum ScatteringDefinition {
  /// The scattering coefficients of one image.
  ///
  /// - Parameters:
  ///   - image: `[H, W]`.
  ///   - map: What is computed.
  /// - Returns: `[K, ⌊H/2^J⌋, ⌊W/2^J⌋]`.
  public static func transform(_ image: Tensor<Double>, as map: ScatteringFeatures) -> Tensor<Double> {
    let channels = map.paths.flatMap { path in
      average(response(extended(image, map.grid), along: path, map.grid), map.grid, path: path).elements
    }
    return Tensor(channels, shape: [map.paths.count, map.outputHeight, map.outputWidth])
  }

  /// The image on the whole grid.
  private static func extended(_ image: Tensor<Double>, _ grid: ScatteringGrid) -> Tensor<Double> {
    let pixels = image.elements
    return Tensor(grid.sources.map { $0 < 0 ? 0 : pixels[$0] }, shape: grid.size(resolution: 0).shape)
  }

  /// |…|x ⋆ ψ| ⋆ ψ| … of the wavelets of a path, each on the grid of its scale.
  private static func response(
    _ map: Tensor<Double>, along path: ScatteringPath, _ grid: ScatteringGrid
  ) -> Tensor<Double> {
    var (map, resolution) = (map, 0)
    for (scale, orientation) in zip(path.scales, path.orientations) {
      let wavelet = grid.wavelet(scale: scale, orientation: orientation, resolution: resolution)
      let step = 1 << (grid.resolution(scale: scale) - resolution)
      let waves = filtered(map, wavelet)
      let (rows, columns) = (map.shape[0] / step, map.shape[1] / step)
      map = Tensor(
        (0..<rows * columns).map { waves[$0 / columns * step, $0 % columns * step].length }, shape: [rows, columns])
      resolution = grid.resolution(scale: scale)
    }
    return map
  }

  /// x ⋆ φ at the outputs' places.
  private static func average(
    _ map: Tensor<Double>, _ grid: ScatteringGrid, path: ScatteringPath
  ) -> Tensor<Double> {
    let resolution = path.scales.last.map { grid.resolution(scale: $0) } ?? 0
    let columnSpectrum = grid.columns.averageSpectrum(resolution: resolution)
    let smooth = filtered(
      map, grid.rows.averageSpectrum(resolution: resolution).flatMap { row in columnSpectrum.map { row * $0 } })
    return Tensor(
      grid.rows.outputPlaces(resolution: resolution).flatMap { row in
        grid.columns.outputPlaces(resolution: resolution).map { smooth[row, $0].real }
      })
  }

  private static func filtered(_ map: Tensor<Double>, _ spectrum: [Double]) -> Tensor<Complex<Double>> {
    let transformed = DFT.transform2(map.map { Complex($0) }).elements
    return DFT.inverse2(Tensor(zip(transformed, spectrum).map { $0.multiplied(by: $1) }, shape: map.shape))
  }
}
