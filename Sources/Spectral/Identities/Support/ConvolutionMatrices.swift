package import Tensors

/// C[i, j] = k[i − j], indices modulo the size: the circular convolution x ⊛ k as a matrix on the pixels of x.
///
/// - Parameters:
///   - kernel: k, no larger than the image.
///   - size: H and W of x.
/// - Returns: The block-circulant matrix with circulant blocks, `[H·W, H·W]`.
@specialized(where S == Float) @specialized(where S == Double) package func circulantMatrix<S: SpectralScalar>(
  _ kernel: Tensor<S>, on size: ImageSize
) -> Tensor<S> {
  let (height, width) = (size.height, size.width)
  return convolutionMatrix(kernel, from: size, to: size) { i, j in
    ((i.row - j.row + height) % height, (i.column - j.column + width) % width)
  }
}

/// T[i, j] = k[i − j], and 0 outside the kernel: the linear convolution x ∗ k as a matrix on the pixels of x.
///
/// - Parameters:
///   - kernel: k.
///   - size: H and W of x.
/// - Returns: The doubly block Toeplitz matrix, `[(H + kh − 1)·(W + kw − 1), H·W]`.
@specialized(where S == Float) @specialized(where S == Double) package func toeplitzMatrix<S: SpectralScalar>(
  _ kernel: Tensor<S>, on size: ImageSize
) -> Tensor<S> {
  let outputs = ImageSize(size.height + kernel.shape[0] - 1, size.width + kernel.shape[1] - 1)
  return convolutionMatrix(kernel, from: size, to: outputs) { i, j in (i.row - j.row, i.column - j.column) }
}

/// The matrix whose entry for output i and sample j is the kernel's weight at `place(i, j)`, 0 outside the kernel.
@inline(__always) private func convolutionMatrix<S: SpectralScalar>(
  _ kernel: Tensor<S>, from inputs: ImageSize, to outputs: ImageSize,
  _ place: ((row: Int, column: Int), (row: Int, column: Int)) -> (row: Int, column: Int)
) -> Tensor<S> {
  let (height, width) = (kernel.shape[0], kernel.shape[1])
  return kernel.rearranged(to: ImageSize(outputs.count, inputs.count)) { output, input in
    let (row, column) = place(
      (output / outputs.width, output % outputs.width), (input / inputs.width, input % inputs.width))
    return 0..<height ~= row && 0..<width ~= column ? (row, column) : nil
  }
}
