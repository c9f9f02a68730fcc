internal import Tensors

/// Images that are transformed together: one alone, or two as real and imaginary part.
///
/// Rounding mixes the two parts of a complex number, so the second image comes in with a factor, a power of two that
/// brings it to the magnitude of the first.
struct ImagePair<S: SpectralScalar>: Sendable {
  /// Only read.
  nonisolated(unsafe) var first: UnsafePointer<S>
  nonisolated(unsafe) var second: UnsafePointer<S>?
  /// What the second image is multiplied by.
  var factor: S = 1

  /// The factor that suits these images: 1, unless their largest magnitudes are more than 4 times apart.
  ///
  /// - Parameter count: The numbers of an image.
  /// - Returns: A power of two.
  func balance(count: Int) -> S {
    guard let second else { return 1 }
    let magnitude = S.spectralFunctions.loops.largestMagnitude
    let (a, b) = (magnitude(count, first), magnitude(count, second))
    guard a.isNormal && b.isNormal else { return 1 }
    let difference = a.exponent - b.exponent
    guard abs(difference) > 2 else { return 1 }
    let limit = S.greatestFiniteMagnitude.exponent / 2
    return S(sign: .plus, exponent: min(max(difference, -limit), limit), significand: 1)
  }

  /// The same images from a later place on.
  func offset(by numbers: Int) -> ImagePair {
    ImagePair(first: first + numbers, second: second.map { $0 + numbers }, factor: factor)
  }
}

/// Images that a transform writes together.
struct MutableImagePair<S: SpectralScalar>: Sendable {
  /// Threads write to different parts.
  nonisolated(unsafe) var first: UnsafeMutablePointer<S>
  nonisolated(unsafe) var second: UnsafeMutablePointer<S>?
  /// What the second image is divided by.
  var factor: S = 1

  /// The same images from a later place on.
  func offset(by numbers: Int) -> MutableImagePair {
    MutableImagePair(first: first + numbers, second: second.map { $0 + numbers }, factor: factor)
  }
}
