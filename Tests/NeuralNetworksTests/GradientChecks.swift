import NeuralNetworks
import Tensors
import TestSupport
import Testing

/// Values whose distances to zero and to each other are at least `gap` / 2, in random order: away from kinks and ties.
func spacedTensor(_ shape: [Int], seed: UInt64, gap: Double = 0.02) -> Tensor<Double> {
  var stream = RandomStream(seed: seed)
  let count = shape.reduce(1, *)
  let order = stream.permutation(count)
  return Tensor(order.map { (Double($0) - Double(count / 2) + 0.5) * gap }, shape: shape)
}

/// Holds every gradient of a network to central differences of the function Σ r·y of its outputs, in Double.
func checkGradients(
  _ network: Network, count: Int, seed: UInt64, images: Tensor<Double>? = nil, mode: PassMode = .evaluation,
  tolerance: Double = 1e-7,
  location: SourceLocation = #_sourceLocation
) throws {
  let images = images ?? spacedTensor([count] + network.inputShape, seed: seed)
  let weights = Weights<Double>(initializing: network, from: RandomStream(seed: seed + 1))
  let direction: Tensor<Double> = randomTensor([count] + network.outputShape, seed: seed + 2)
  let pullback = try network.pullback(direction, images: images, weights: weights, mode: mode)
  func value(_ images: Tensor<Double>, _ weights: Weights<Double>) throws -> Double {
    switch mode {
    case .training: try network.pullback(direction, images: images, weights: weights, mode: mode).outputs.dot(direction)
    case .evaluation: try Predictor(network, weights: weights).outputs(images).dot(direction)
    }
  }
  let imageDifferences = try centralDifferences(images) { try value($0, weights) }
  let imageError = relativeError(pullback.images, imageDifferences, floor: 1e-3)
  #expect(imageError < tolerance, "images, seed \(seed)", sourceLocation: location)
  for name in pullback.weights.names {
    let differences = try centralDifferences(weights[name]!) { changed in
      var other = weights
      other[name] = changed
      return try value(images, other)
    }
    let error = relativeError(pullback.weights[name]!, differences, floor: 1e-3)
    #expect(error < tolerance, "\(name), seed \(seed)", sourceLocation: location)
  }
}

/// (f(x + h·eᵢ) − f(x − h·eᵢ)) / 2h for every i.
func centralDifferences(
  _ point: Tensor<Double>, step: Double = 1e-5, of function: (Tensor<Double>) throws -> Double
) rethrows -> Tensor<Double> {
  var moved = point
  var differences = [Double]()
  for index in 0..<point.count {
    let original = point.elements[index]
    moved.withUnsafeMutableBufferPointer { $0[index] = original + step }
    let above = try function(moved)
    moved.withUnsafeMutableBufferPointer { $0[index] = original - step }
    let below = try function(moved)
    moved.withUnsafeMutableBufferPointer { $0[index] = original }
    differences.append((above - below) / (2 * step))
  }
  return Tensor(differences, shape: point.shape)
}
