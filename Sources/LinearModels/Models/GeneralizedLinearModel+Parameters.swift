import Tensors

extension GeneralizedLinearModel {
  /// A model from parameters `[K, D + 1]`, intercepts last.
  init(family: Family, link: Link, parameters: Tensor<Double>) {
    let (count, columns) = (parameters.shape[0], parameters.shape[1] - 1)
    var (weights, intercepts) = (Tensor<Double>.zeros([count, columns]), Tensor<Double>.zeros([count]))
    for row in 0..<count {
      for column in 0..<columns { weights[row, column] = parameters[row, column] }
      intercepts[row] = parameters[row, columns]
    }
    self.init(family: family, link: link, weights: weights, intercepts: intercepts)
  }

  /// The parameters `[K, D + 1]`, intercepts last.
  var parameters: Tensor<Double> {
    let (count, columns) = (intercepts.count, featureCount)
    var parameters = Tensor<Double>.zeros([count, columns + 1])
    for row in 0..<count {
      for column in 0..<columns { parameters[row, column] = weights[row, column] }
      parameters[row, columns] = intercepts[row]
    }
    return parameters
  }

  /// The columns that have a weight other than 0.
  var activeColumns: [Int] {
    (0..<featureCount).filter { column in (0..<intercepts.count).contains { weights[$0, column] != 0 } }
  }
}

extension Tensor where Element == Double {
  /// Subtracts from the given columns of a matrix their means.
  func centered(columns: Range<Int>) -> Tensor {
    guard shape[0] > 1 else { return self }
    var result = self
    for column in columns {
      let mean = (0..<shape[0]).reduce(0) { $0 + self[$1, column] } / Double(shape[0])
      for row in 0..<shape[0] { result[row, column] -= mean }
    }
    return result
  }

  /// A matrix `[K, count]` whose given columns are those of this one and whose others are 0.
  func scatteringColumns(_ indices: [Int], count: Int) -> Tensor {
    var result = Tensor.zeros([shape[0], count])
    for row in 0..<shape[0] {
      for (place, column) in indices.enumerated() { result[row, column] = self[row, place] }
    }
    return result
  }
}
