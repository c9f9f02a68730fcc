import Tensors

/// The eigenvectors of XᵀX of a matrix X that belong to positive eigenvalues, from the smaller of XᵀX and XXᵀ.
struct PrincipalAxes: Sendable {
  /// The eigenvalues, descending: the squares of the singular values of X.
  let eigenvalues: [Double]
  /// The orthonormal eigenvectors, `[R, D]`.
  let axes: Tensor<Double>

  /// Decomposes a matrix `[N, D]`; eigenvalues that are rounding of the largest count as 0.
  init(_ matrix: Tensor<Double>) throws {
    let (rows, columns) = (matrix.shape[0], matrix.shape[1])
    guard rows > 0 && columns > 0 else {
      (eigenvalues, axes) = ([], .zeros([0, columns]))
      return
    }
    let isTall = rows >= columns
    let gram = matrix.matrixProduct(matrix, transposingSelf: isTall, transposingOther: !isTall)
    guard let decomposition = SymmetricEigendecomposition(gram) else {
      throw InputError("features", "the eigenvectors of \(rows)×\(columns) features were not found: numbers too large")
    }
    let limit = Double(max(rows, columns)) * Double.epsilon * max(decomposition.eigenvalues.last ?? 0, 0)
    let kept = decomposition.eigenvalues.indices.reversed().filter { decomposition.eigenvalues[$0] > limit }
    eigenvalues = kept.map { decomposition.eigenvalues[$0] }
    let vectors = decomposition.eigenvectors.gatheringRows(Array(kept))
    axes = isTall ? vectors : vectors.matrixProduct(matrix).scalingRows(eigenvalues.map { 1 / $0.squareRoot() })
  }
}

extension Tensor where Element == Double {
  /// The mean of the rows of a matrix.
  var meanRow: [Double] {
    let (rows, columns) = (shape[0], shape[1])
    var sums = [Double](repeating: 0, count: columns)
    withUnsafeBufferPointer { values in
      for row in 0..<rows {
        for column in 0..<columns { sums[column] += values[row * columns + column] }
      }
    }
    return sums.map { $0 / Double(rows) }
  }

  /// A matrix less one vector in every row.
  func subtractingRow(_ vector: [Double]) -> Tensor {
    var result = self
    let columns = shape[1]
    result.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] -= vector[index % columns] }
    }
    return result
  }

  /// A matrix whose rows are multiplied by one number each.
  func scalingRows(_ factors: [Double]) -> Tensor {
    var result = self
    let columns = shape[1]
    result.withUnsafeMutableBufferPointer { values in
      for index in values.indices { values[index] *= factors[index / columns] }
    }
    return result
  }

  /// The place of the largest number of each row, the first of equals.
  var largestOfRows: [Int] {
    let columns = shape[1]
    return withUnsafeBufferPointer { values in
      stride(from: 0, to: values.count, by: columns).map { start in
        (0..<columns).reduce(0) { values[start + $1] > values[start + $0] ? $1 : $0 }
      }
    }
  }
}
