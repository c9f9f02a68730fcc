package import Tensors

/// Winograd's minimal filtering F(m×m, 3×3): m×m outputs of a 3×3 kernel from (m + 2)² products.
///
/// Y = Aᵀ[(G k Gᵀ) ⊙ (Bᵀ d B)]A, where d is the tile of (m + 2)×(m + 2) samples that the outputs see. Matrices on both sides
/// of another are one Kronecker product with its elements, so that all tiles are transformed in one product.
///
/// Source: A. Lavin, S. Gray, *Fast algorithms for convolutional neural networks*, CVPR 2016.
package struct MinimalFiltering: Sendable {
  let outputs: Int
  private let input: [[Double]]
  private let kernel: [[Double]]
  private let output: [[Double]]

  /// F(2×2, 3×3), from the points 0, 1, −1, ∞.
  package static let twoByTwo = MinimalFiltering(
    outputs: 2, input: [[1, 0, -1, 0], [0, 1, 1, 0], [0, -1, 1, 0], [0, 1, 0, -1]],
    kernel: [[1, 0, 0], [0.5, 0.5, 0.5], [0.5, -0.5, 0.5], [0, 0, 1]], output: [[1, 1, 1, 0], [0, 1, -1, -1]])

  /// F(4×4, 3×3), from the points 0, 1, −1, 2, −2, ∞.
  package static let fourByFour = MinimalFiltering(
    outputs: 4,
    input: [
      [4, 0, -5, 0, 1, 0], [0, -4, -4, 1, 1, 0], [0, 4, -4, -1, 1, 0], [0, -2, -1, 2, 1, 0], [0, 2, -1, -2, 1, 0],
      [0, 4, 0, -5, 0, 1],
    ],
    kernel: [
      [1 / 4, 0, 0], [-1 / 6, -1 / 6, -1 / 6], [-1 / 6, 1 / 6, -1 / 6], [1 / 24, 1 / 12, 1 / 6],
      [1 / 24, -1 / 12, 1 / 6], [0, 0, 1],
    ],
    output: [[1, 1, 1, 1, 1, 0], [0, 1, -1, 2, -2, 0], [0, 1, 1, 4, 4, 0], [0, 1, -1, 8, -8, 1]])

  /// The same sums with the magnitude of every number, which bound how far rounding goes.
  var magnitudes: MinimalFiltering {
    MinimalFiltering(
      outputs: outputs, input: input.map { $0.map(abs) }, kernel: kernel.map { $0.map(abs) },
      output: output.map { $0.map(abs) })
  }

  /// x ⋆ k, of the size of the image, with zeros outside.
  ///
  /// - Parameters:
  ///   - image: x, `[H, W]`.
  ///   - weights: k, `[3, 3]`.
  /// - Returns: `[H, W]`.
  package func correlate<S: SpectralScalar>(_ image: Tensor<S>, _ weights: Tensor<S>) -> Tensor<S> {
    let size = image.size
    let columns = (size.width + outputs - 1) / outputs
    let tiles = (size.height + outputs - 1) / outputs * columns
    let spectra = square(input).matrixProduct(gathered(image, tiles, columns))
    let spectrum: Tensor<S> = square(kernel).matrixProduct(weights.reshaped([9, 1]))
    let products = spectra * spectrum.rearranged(to: spectra.size) { row, _ in (row, 0) }
    let results: Tensor<S> = square(output).matrixProduct(products)
    return results.rearranged(to: size) { row, column in
      (row % outputs * outputs + column % outputs, row / outputs * columns + column / outputs)
    }
  }

  /// The tiles as columns: (m + 2)² samples, the first of them a row above and a column left of the outputs.
  private func gathered<S: SpectralScalar>(_ image: Tensor<S>, _ tiles: Int, _ columns: Int) -> Tensor<S> {
    let (side, size) = (outputs + 2, image.size)
    return image.rearranged(to: ImageSize(side * side, tiles)) { place, tile in
      let (row, column) = (
        tile / columns * outputs + place / side - 1, tile % columns * outputs + place % side - 1
      )
      return 0..<size.height ~= row && 0..<size.width ~= column ? (row, column) : nil
    }
  }

  /// M ⊗ M, which does to the elements of X, row by row, what M X Mᵀ does.
  private func square<S: SpectralScalar>(_ matrix: [[Double]]) -> Tensor<S> {
    let rows = matrix.flatMap { a in matrix.map { b in a.flatMap { x in b.map { S(x * $0) } } } }
    return Tensor(rows.flatMap { $0 }, shape: [rows.count, rows[0].count])
  }
}
