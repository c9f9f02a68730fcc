public import Tensors

extension Penalty {
  /// The penalty of weights `[K, D]`.
  ///
  /// - Parameter weights: W.
  /// - Returns: The number that is added to half the mean deviance.
  public func value(_ weights: Tensor<Double>) -> Double {
    let smooth = ridge == 0 ? 0 : ridge / 2 * weights.dot(weights)
    guard !isSmooth else { return smooth }
    guard let groups else { return smooth + sparsity * weights.elements.reduce(0) { $0 + abs($1) } }
    return groups.reduce(smooth) { sum, group in
      sum + sparsity * Double.sqrt(Double(group.count)) * weights.gatheringColumns(group).norm
    }
  }
}
