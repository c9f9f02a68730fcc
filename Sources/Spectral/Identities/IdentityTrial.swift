internal import Tensors

/// One check of an identity: on which images, and whether it shall fail.
struct IdentityTrial {
  let size: ImageSize
  let stream: RandomStream
  let injectsFault: Bool

  /// A smaller size, for kernels: about a third of the image, at least one sample.
  var kernelSize: ImageSize { ImageSize((size.height + 2) / 3, (size.width + 2) / 3) }

  /// A random image of the trial's size.
  func image<S: SpectralScalar>(_ label: String) -> Tensor<S> { random(label, size) }

  /// A random kernel of the trial's kernel size.
  func kernel<S: SpectralScalar>(_ label: String) -> Tensor<S> { random(label, kernelSize) }

  private func random<S: SpectralScalar>(_ label: String, _ size: ImageSize) -> Tensor<S> {
    var stream = stream.split(label)
    return Tensor<Double>.zeros([size.height, size.width]).map { _ in S(stream.normal()) }
  }
}

/// The relative difference between the sides of an identity, and its bound.
struct IdentityOutcome {
  let error: Double
  let bound: Double

  /// Compares two sides.
  ///
  /// - Parameters:
  ///   - left: The left side, which an injected fault changes.
  ///   - right: The right side.
  ///   - scale: What the difference is divided by.
  ///   - constant: The bound in units of ε.
  ///   - trial: Says whether to inject a fault, and decides where.
  init<S: SpectralScalar>(
    _ left: Tensor<S>, _ right: Tensor<S>, scale: S, constant: Double, _ trial: IdentityTrial
  ) {
    var left = left
    if trial.injectsFault {
      var stream = trial.stream.split("fault")
      let place = stream.integer(in: 0..<left.count)
      left.withUnsafeMutableBufferPointer { $0[place] += scale / 100 }
    }
    error = Double((left - right).norm) / Double(scale)
    bound = constant * Double(S.epsilon)
  }
}
