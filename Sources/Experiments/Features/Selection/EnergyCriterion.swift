import Tensors

/// The energy of a feature over the training images, Σᵢ xᵢⱼ²; labels decide nothing.
///
/// With an orthonormal basis the first M features give the best approximation of the training images, in the mean square,
/// by M atoms that are the same for all.
public struct EnergyCriterion: SelectionCriterion {
  /// `energy`.
  public let name = "energy"

  /// Creates the criterion.
  public init() {}

  /// Σᵢ xᵢⱼ² for feature j.
  public func scores(_ features: Tensor<Double>, labels: [Int], classCount: Int) -> [Double] {
    var energies = [Double](repeating: 0, count: features.shape[1])
    features.forEachRow { _, row in
      for column in energies.indices { energies[column] += row[column] * row[column] }
    }
    return energies
  }
}

extension Tensor {
  /// Calls `body` with the number and the elements of each row of a matrix.
  func forEachRow(_ body: (Int, UnsafeBufferPointer<Element>) -> Void) {
    let width = shape[1]
    withUnsafeBufferPointer { elements in
      for row in 0..<shape[0] {
        body(row, UnsafeBufferPointer(rebasing: elements[row * width..<(row + 1) * width]))
      }
    }
  }
}
