import Tensors

/// Points round the corners e₀, e₁, … of a simplex, and the corner of each.
func clusters(
  count: Int, columns: Int, classes: Int, spread: Double, seed: UInt64
) -> (features: Tensor<Double>, labels: [Int]) {
  var stream = RandomStream(seed: seed)
  let labels = (0..<count).map { _ in stream.integer(in: 0..<classes) }
  let features = Tensor<Double>(shape: [count, columns]) { target in
    for (row, label) in labels.enumerated() {
      for column in 0..<columns {
        target[row * columns + column] = (column == label ? 1 : 0) + spread * stream.normal()
      }
    }
  }
  return (features, labels)
}
