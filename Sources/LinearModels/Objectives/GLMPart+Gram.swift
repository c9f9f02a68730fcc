import Tensors

extension GLMPart {
  /// Adds X̃ᵀ·diag(v)·X̃/Σw of the rows to a matrix `[D + 1, D + 1]`, v being the curvatures of the last evaluation.
  ///
  /// `Float` suffices for a preconditioner, and its product is several times as fast.
  func addWeightedGram<Gram: Scalar>(to gram: UnsafeMutableBufferPointer<Gram>) {
    var scaled = Tensor<Gram>.zeros([GLMPartLayout.blockRows, columns + 1])
    scaled.withUnsafeMutableBufferPointer { scaled in
      for block in blocks {
        addGram(of: block, to: gram.baseAddress!, rowStride: columns + 1, sign: 1, scaled) { curvatures[$0] }
      }
    }
  }

  /// Adds the blocks on and below the diagonal of the multinomial Hessian Σ wᵢ(δₖₗpₖ − pₖpₗ)·x̃ᵢx̃ᵢᵀ/Σw to a matrix
  /// `[K(D + 1), K(D + 1)]`.
  func addMultinomialHessian(at parameters: Tensor<Element>, to hessian: UnsafeMutableBufferPointer<Double>) {
    let size = columns + 1
    var scaled = Tensor<Double>.zeros([GLMPartLayout.blockRows, size])
    scaled.withUnsafeMutableBufferPointer { scaled in
      for block in blocks {
        writeProbabilities(block, parameters)
        for k in 0..<classes {
          for l in k..<classes {
            addGram(
              of: block, to: hessian.baseAddress! + (l * classes * size + k) * size, rowStride: classes * size,
              sign: k == l ? 1 : -1, scaled
            ) { row in
              let p = scores + (row - block.lowerBound) * classes
              return (problem.rowWeights?[row] ?? 1) * (k == l ? p[k] * (1 - p[k]) : p[k] * p[l])
            }
          }
        }
      }
    }
  }

  private func writeProbabilities(_ block: Range<Int>, _ parameters: Tensor<Element>) {
    parameters.withUnsafeBufferPointer { parameters in
      features.withUnsafeBufferPointer { score(block, $0, parameters) }
    }
    for row in 0..<block.count { _ = Softmax.probabilities(scores + row * classes, count: classes, label: 0) }
  }

  private func addGram<Gram: Scalar>(
    of block: Range<Int>, to gram: UnsafeMutablePointer<Gram>, rowStride: Int, sign: Gram,
    _ scaled: UnsafeMutableBufferPointer<Gram>, curvature: (Int) -> Double
  ) {
    let size = columns + 1
    let total = problem.totalWeight
    features.withUnsafeBufferPointer { features in
      for row in block {
        let factor = Gram((curvature(row) / total).squareRoot())
        let start = (row - block.lowerBound) * size
        for column in 0..<columns { scaled[start + column] = factor * Gram(features[row * columns + column]) }
        scaled[start + columns] = factor
      }
    }
    Gram.matrixMultiply(
      (size, size, block.count), alpha: sign,
      MatrixOperand(scaled.baseAddress!, rowStride: size, isTransposed: true),
      MatrixOperand(scaled.baseAddress!, rowStride: size), beta: 1, into: MatrixResult(gram, rowStride: rowStride))
  }
}
