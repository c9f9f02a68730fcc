public import Tensors

/// What a network's outputs should be.
public enum Targets<S: NetworkScalar>: Sendable {
  /// A class for each image, from 0; the outputs are one number per class.
  case classes([Int])
  /// The outputs themselves, `[N]` and the shape of one output.
  case values(Tensor<S>)

  /// N.
  public var count: Int {
    switch self {
    case .classes(let labels): labels.count
    case .values(let values): values.shape.first ?? 0
    }
  }
}

extension Network {
  func check<S: NetworkScalar>(_ images: Tensor<S>) throws {
    guard images.rank == inputShape.count + 1, Array(images.shape.dropFirst()) == inputShape else {
      throw InputError(
        "images", "expected shape [N, \(inputShape.map(String.init).joined(separator: ", "))], found \(images.shape)")
    }
  }

  func check<S: NetworkScalar>(_ images: Tensor<S>, _ targets: Targets<S>) throws {
    try check(images)
    guard images.shape[0] == targets.count, targets.count > 0 else {
      throw InputError(
        "targets", "expected one for each of \(images.shape[0]) images and at least one, found \(targets.count)")
    }
    switch targets {
    case .classes(let labels): try check(labels)
    case .values(let values):
      guard Array(values.shape.dropFirst()) == outputShape else {
        throw InputError(
          "targets",
          "expected shape [N, \(outputShape.map(String.init).joined(separator: ", "))], found \(values.shape)")
      }
    }
  }

  private func check(_ labels: [Int]) throws {
    guard outputShape.count == 1 else {
      throw InputError(
        "network", "expected one number per class at the end, found shape \(outputShape)",
        remedy: "End the network with Flatten and Dense.")
    }
    if let index = labels.firstIndex(where: { $0 < 0 || $0 >= outputShape[0] }) {
      throw InputError(
        "labels", "expected classes from 0 to \(outputShape[0] - 1), found \(labels[index]) at row \(index)",
        remedy: "Give the network one output per class.")
    }
  }
}
