extension Tensor where Element: Scalar {
  /// The matrix product op(A)·op(B) of two matrices.
  ///
  /// - Parameters:
  ///   - other: B, `[K, N]`, or `[N, K]` with `transposingOther`.
  ///   - transposingSelf: Whether Aᵀ is meant: self is then `[K, M]` instead of `[M, K]`.
  ///   - transposingOther: Whether Bᵀ is meant.
  /// - Returns: A matrix `[M, N]`.
  public func matrixProduct(
    _ other: Tensor, transposingSelf: Bool = false, transposingOther: Bool = false
  ) -> Tensor {
    precondition(rank == 2 && other.rank == 2, "expected two matrices, got shapes \(shape) and \(other.shape)")
    let (m, k) = transposingSelf ? (shape[1], shape[0]) : (shape[0], shape[1])
    let (inner, n) = transposingOther ? (other.shape[1], other.shape[0]) : (other.shape[0], other.shape[1])
    precondition(k == inner, "expected \(k) rows in the right factor, got \(inner)")
    return Tensor(shape: [m, n]) { target in
      withUnsafeBufferPointer { a in
        other.withUnsafeBufferPointer { b in
          Element.matrixMultiply(
            (m, n, k), alpha: 1,
            MatrixOperand(a.baseAddress!, rowStride: max(1, shape[1]), isTransposed: transposingSelf),
            MatrixOperand(b.baseAddress!, rowStride: max(1, other.shape[1]), isTransposed: transposingOther), beta: 0,
            into: MatrixResult(target.baseAddress!, rowStride: max(1, n)))
        }
      }
    }
  }

  /// The transpose of a matrix.
  public var transposed: Tensor {
    precondition(rank == 2, "expected a matrix, got shape \(shape)")
    let (rows, columns) = (shape[0], shape[1])
    return Tensor(shape: [columns, rows]) { target in
      withUnsafeBufferPointer { source in
        for row in 0..<rows {
          for column in 0..<columns { target[column * rows + row] = source[row * columns + column] }
        }
      }
    }
  }
}
