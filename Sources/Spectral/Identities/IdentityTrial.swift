internal import Tensors

/// One check of an identity: the size of its images, and the images.
struct IdentityTrial<S: SpectralScalar> {
  let size: ImageSize
  let stream: RandomStream

  /// A smaller size, for kernels: about a third of the image, at least one sample.
  var kernelSize: ImageSize { ImageSize((size.height + 2) / 3, (size.width + 2) / 3) }

  /// How often a sampled image has the size: coprime, one even and one odd.
  var factors: (y: Int, x: Int) { (2, 3) }

  /// The size times the factors.
  var largeSize: ImageSize { size.scaled(by: factors) }

  /// A circular shift that no symmetry of the size hides.
  var shift: (y: Int, x: Int) { (size.height / 2 + 1, size.width / 3 + 1) }

  /// A random image of the trial's size.
  func image(_ label: String) -> Tensor<S> { random(label, size.shape) }

  /// A random image of the large size.
  func largeImage(_ label: String) -> Tensor<S> { random(label, largeSize.shape) }

  /// A random kernel of the trial's kernel size.
  func kernel(_ label: String) -> Tensor<S> { random(label, kernelSize.shape) }

  /// Independent standard normal numbers, decided by the trial and the label.
  func random(_ label: String, _ shape: [Int]) -> Tensor<S> {
    var stream = stream.split(label)
    return Tensor(shape: shape) { target in for index in target.indices { target[index] = S(stream.normal()) } }
  }
}
