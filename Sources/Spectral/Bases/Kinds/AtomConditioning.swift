internal import Tensors

/// How well atoms can be told apart.
enum AtomConditioning {
  /// The largest over the smallest singular value of atoms `[M, H, W]`; infinite where that is lost in rounding.
  static func conditionNumber(of atoms: Tensor<Double>) -> Double {
    guard atoms.count > 0 else { return 1 }
    let matrix = atoms.reshaped([atoms.shape[0], atoms.rowStride])
    let factors = QRFactorization(matrix.shape[0] >= matrix.shape[1] ? matrix : matrix.transposed)
    guard let values = SingularValueDecomposition(factors.r)?.singularValues,
      let largest = values.first, let smallest = values.last
    else { return .infinity }
    let rounding = Double.epsilon * Double(max(matrix.shape[0], matrix.shape[1])) * largest
    return smallest > rounding ? largest / smallest : .infinity
  }
}
