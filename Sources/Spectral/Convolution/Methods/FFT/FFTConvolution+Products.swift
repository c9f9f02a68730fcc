internal import CKernels
internal import Parallel
internal import Tensors

extension FFTConvolution {
  private var imageStrides: spectral_operand {
    spectral_operand(item: images.numberCount, term: kernels.stride, block: blockSize)
  }

  private var outputStrides: spectral_operand {
    spectral_operand(item: outputs.numberCount, term: kernels.stride, block: blockSize)
  }

  /// ŷ_f = Σ_c x̂_c·k̂*_fc of each unit.
  func forwardProduct(_ units: Int) -> spectral_product {
    let bank = spectral_operand(item: images.count * blockSize, term: blockSize, block: bankStride)
    return spectral_product(
      rows: units, columns: outputs.count, terms: images.count, a: imageStrides, b: bank,
      out_row: outputs.numberCount, out_column: kernels.stride, out_block: blockSize, conjugates: 1, adds: 0)
  }

  /// x̂'_c = Σ_f ŷ'_f·k̂_fc of each unit.
  func adjointProduct(_ units: Int) -> spectral_product {
    let bank = spectral_operand(item: blockSize, term: images.count * blockSize, block: bankStride)
    return spectral_product(
      rows: units, columns: images.count, terms: outputs.count, a: outputStrides, b: bank,
      out_row: images.numberCount, out_column: kernels.stride, out_block: blockSize, conjugates: 0, adds: 0)
  }

  /// k̂'_fc = Σ_n x̂_nc·ŷ'*_nf over units.
  func kernelProduct(_ units: Int, adds: Bool) -> spectral_product {
    spectral_product(
      rows: images.count, columns: outputs.count, terms: units,
      a: spectral_operand(item: kernels.stride, term: images.numberCount, block: blockSize),
      b: spectral_operand(item: kernels.stride, term: outputs.numberCount, block: blockSize), out_row: blockSize,
      out_column: images.count * blockSize, out_block: bankStride, conjugates: 1, adds: adds ? 1 : 0)
  }

  /// Makes a product, in bands of frequencies that threads share.
  func multiply(
    _ product: spectral_product, _ a: UnsafePointer<S>, _ b: UnsafePointer<S>, into out: UnsafeMutablePointer<S>
  ) {
    let size = max(8, (1 << 15) / (product.rows * product.columns * product.terms))
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (a, b, out) = (a, b, out)
    parallelFor((kernels.blockCount + size - 1) / size) { band in
      var product = product
      S.spectralFunctions.banks.multiplyBanks(
        &product, band * size, min((band + 1) * size, kernels.blockCount), a, b, out)
    }
  }
}
