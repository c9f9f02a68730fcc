import Tensors

extension GLMPart {
  /// Adds X̃ᵀ·diag(v)·X̃/Σw of the rows to a matrix `[D + 1, D + 1]`, v being the curvatures of the last evaluation.
  ///
  /// `Float` suffices for a preconditioner, and its product is several times as fast.
  func addWeightedGram<Element: Scalar>(to gram: UnsafeMutableBufferPointer<Element>) {
    var scaled = Tensor<Element>.zeros([Self.blockRows, columns + 1])
    scaled.withUnsafeMutableBufferPointer { scaled in
      for block in blocks {
        addGram(of: block, to: gram.baseAddress!, rowStride: columns + 1, sign: 1, scaled) { curvatures[$0] }
      }
    }
  }

  /// Adds the blocks on and below the diagonal of the multinomial Hessian Σ wᵢ(δₖₗpₖ − pₖpₗ)·x̃ᵢx̃ᵢᵀ/Σw to a matrix
  /// `[K(D + 1), K(D + 1)]`.
  func addMultinomialHessian(at parameters: Tensor<Double>, to hessian: UnsafeMutableBufferPointer<Double>) {
    let size = columns + 1
    var scaled = Tensor<Double>.zeros([Self.blockRows, size])
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

  private func writeProbabilities(_ block: Range<Int>, _ parameters: Tensor<Double>) {
    parameters.withUnsafeBufferPointer { parameters in
      problem.features.withUnsafeBufferPointer { score(block, $0, parameters) }
    }
    for row in 0..<block.count { _ = Softmax.probabilities(scores + row * classes, count: classes, label: 0) }
  }

  private func addGram<Element: Scalar>(
    of block: Range<Int>, to gram: UnsafeMutablePointer<Element>, rowStride: Int, sign: Element,
    _ scaled: UnsafeMutableBufferPointer<Element>, curvature: (Int) -> Double
  ) {
    let size = columns + 1
    let total = problem.totalWeight
    problem.features.withUnsafeBufferPointer { features in
      for row in block {
        let factor = (curvature(row) / total).squareRoot()
        let start = (row - block.lowerBound) * size
        for column in 0..<columns { scaled[start + column] = Element(factor * features[row * columns + column]) }
        scaled[start + columns] = Element(factor)
      }
    }
    Element.matrixMultiply(
      (size, size, block.count), alpha: sign,
      MatrixOperand(scaled.baseAddress!, rowStride: size, isTransposed: true),
      MatrixOperand(scaled.baseAddress!, rowStride: size), beta: 1, into: MatrixResult(gram, rowStride: rowStride))
  }
}
