import Parallel
import Tensors

extension GLMObjective {
  /// The largest number of columns for which ``preconditioner()`` makes a matrix.
  private static var largestPreconditioner: Int { 4096 }

  /// The Gram matrix with the curvatures at the point that was evaluated last, and the ridge, factorized.
  ///
  /// B = X̃ᵀ·diag(v)·X̃/Σw + λ₂D with X̃ = [X, 1] and D the identity but for a 0 at the intercept. For one score per
  /// row v is the row's own curvature and B the expected Hessian. For K classes vᵢ = (1 − Σₖ pᵢₖ²)/(K − 1), and B is
  /// K/(K − 1) times the mean of the classes' own Hessians: for two classes, and where all probabilities are 1/K, that
  /// is the exact Hessian in the gauge Σₖ wₖ = 0. A jitter of 10⁻⁸ times the mean of the diagonal, more where needed,
  /// makes B positive definite. Above 4096 columns there is none. Source of the idea, with the bound vᵢ = ½: D.
  /// Böhning, *Multinomial logistic regression algorithm*, Annals of the Institute of Statistical Mathematics 44
  /// (1992).
  mutating func preconditioner() -> (any Preconditioner)? {
    guard layout.columns <= Self.largestPreconditioner else { return nil }
    var matrix = weightedGram(as: Float.self)
    let scale = matrix.meanOfDiagonal
    addRidge(to: &matrix)
    return matrix.jitteredCholesky(scale: scale)
  }

  /// Always: half the mean deviance and the ridge are smooth.
  func isSmooth(upTo point: Tensor<Double>) -> Bool { true }

  /// X̃ᵀ·diag(v)·X̃/Σw, `[D + 1, D + 1]`, with the curvatures v at the point that was evaluated last.
  mutating func weightedGram<Gram: Scalar>(as type: Gram.Type) -> Tensor<Double> {
    let size = layout.columns + 1
    return sumOfParts(Gram.self, count: size * size) { $0.addWeightedGram(to: $1) }.reshaped([size, size])
  }

  /// The expected Hessian at the point that was evaluated last, `[P, P]` with P = K(D + 1), ridge included.
  ///
  /// For the multinomial family only the blocks on and below the diagonal are filled.
  mutating func hessian(at parameters: Tensor<Double>) -> Tensor<Double> {
    guard problem.family == .multinomial else {
      var matrix = weightedGram(as: Double.self)
      addRidge(to: &matrix)
      return matrix
    }
    let size = parameters.count
    let rounded = parameters.map { Element($0) }
    var matrix = sumOfParts(Double.self, count: size * size) {
      $0.addMultinomialHessian(at: rounded, to: $1)
    }.reshaped([size, size])
    addRidge(to: &matrix)
    return matrix
  }

  /// The number of bytes that matrices of parts may take together, beyond the two that there always are.
  private static var matrixBytes: Int { 1 << 28 }

  /// The sum of matrices to which parts add; as many are made as fit the memory, each for some consecutive parts.
  private mutating func sumOfParts<Gram: Scalar>(
    _ type: Gram.Type, count: Int, _ add: @Sendable (GLMPart<Element>, UnsafeMutableBufferPointer<Gram>) -> Void
  ) -> Tensor<Double> {
    var matrices = Tensor<Gram>([])
    withParts { parts in
      let matrixCount = min(parts.count, max(2, Self.matrixBytes / (count * MemoryLayout<Gram>.stride)))
      matrices = .zeros([matrixCount, count])
      matrices.withDisjointSlices { matrices in
        parallelFor(matrixCount) { index in
          let matrix = matrices[index * count..<(index + 1) * count]
          for part in index * parts.count / matrixCount..<(index + 1) * parts.count / matrixCount {
            add(parts[part], matrix)
          }
        }
      }
    }
    return matrices.sumOfRows()
  }

  private func addRidge(to matrix: inout Tensor<Double>) {
    for index in 0..<matrix.shape[0] where index % (layout.columns + 1) != layout.columns {
      matrix[index, index] += ridge
    }
  }
}

extension Tensor where Element: Scalar {
  /// The sum of the rows of a matrix, added in `Double` and in their order.
  fileprivate func sumOfRows() -> Tensor<Double> {
    let columns = shape[1]
    return withUnsafeBufferPointer { source in
      var sum = Tensor<Double>.zeros([columns])
      sum.withUnsafeMutableBufferPointer { sum in
        for start in stride(from: 0, to: source.count, by: columns) {
          for column in 0..<columns { sum[column] += Double(source[start + column]) }
        }
      }
      return sum
    }
  }
}

extension Tensor where Element == Double {
  /// The mean of the elements on the diagonal of a square matrix.
  var meanOfDiagonal: Double { (0..<shape[0]).reduce(0) { $0 + self[$1, $1] } / Double(shape[0]) }

  /// The factorization of a positive semidefinite matrix with a jitter of 10⁻⁸ times a scale, more where needed; `nil`
  /// where an element is not finite.
  func jitteredCholesky(scale: Double) -> CholeskyFactorization? {
    var matrix = self
    var jitter = Swift.max(1e-8 * scale, .leastNormalMagnitude)
    while jitter.isFinite {
      for index in 0..<shape[0] { matrix[index, index] += jitter }
      if let factorization = CholeskyFactorization(matrix) { return factorization }
      jitter *= 100
    }
    return nil
  }
}
