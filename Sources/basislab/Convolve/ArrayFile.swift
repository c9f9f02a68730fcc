import Foundation
import Formats
import Spectral
import Tensors

/// An array or a picture in a file, told apart by the ending of its name.
struct ArrayFile {
  /// The endings of the files that hold an array or a picture.
  static let endings = [Ending.npy, .png]

  private enum Content {
    case array(NumPyArray)
    case picture(PNGImage)
  }

  private let path: String
  private let content: Content

  init(_ path: String) throws {
    let url = URL(fileURLWithPath: path)
    self.path = path
    let ending = try Ending(of: path, among: Self.endings)
    content = ending == .npy ? .array(try NPY.read(url)) : .picture(try PNG.read(url))
  }

  var shape: [Int] {
    switch content {
    case .array(let array): array.shape
    case .picture(let picture): [picture.height, picture.width]
    }
  }

  var rank: Int { shape.count }

  /// Whether the file holds numbers in double precision.
  var isDouble: Bool {
    if case .array(let array) = content { array.elementType == .float64 } else { false }
  }

  /// The numbers; a picture's brightness is 0 for black and 1 for white.
  func tensor<S: Scalar>() throws -> Tensor<S> {
    switch content {
    case .array(let array):
      try requireNumbers(array.elementType)
      return try array.tensor()
    case .picture(let picture): return picture.gray()
    }
  }

  /// Truth values, or numbers that are all 0 or 1; of a picture, black and white.
  func truthValues() throws -> Tensor<Bool> {
    let numbers: Tensor<Double> =
      switch content {
      case .array(let array): try array.tensor()
      case .picture(let picture): picture.gray()
      }
    if let other = numbers.elements.first(where: { $0 != 0 && $0 != 1 }) {
      throw InputError(
        path, "expected a mask of 0 and 1 (in a picture black and white), found \(other)",
        remedy: "Write truth values, such as (image > 0) in NumPy.")
    }
    return numbers.map { $0 == 1 }
  }

  private func requireNumbers(_ type: NumPyArray.ElementType) throws {
    switch type {
    case .complex64, .complex128:
      throw InputError(
        path, "expected real numbers, found \(type)", remedy: "Convolve real and imaginary part one after the other.")
    case .bool:
      throw InputError(
        path, "expected numbers, found truth values (bool)",
        remedy: "Write numbers, such as array.astype('float32') in NumPy; a mask of valid samples is given as --mask.")
    default: break
    }
  }

  /// Writes numbers to a file whose name says how.
  ///
  /// - Parameters:
  ///   - values: The numbers; `[H, W]` for a picture.
  ///   - path: The file, .npy or .png.
  ///   - rescaling: Whether a picture's values are stretched to 0…1 instead of clipped.
  /// - Throws: `InputError` where the file cannot be written, or a picture cannot hold the numbers.
  static func write<S: Scalar>(_ values: Tensor<S>, to path: String, rescaling: Bool) throws {
    let url = URL(fileURLWithPath: path)
    if try Ending(of: path, among: endings) == .npy {
      try NPY.write(array(values), to: url)
    } else {
      try requireFinite(values, path)
      try PNG.write(PNGImage(gray: rescaling ? stretched(values) : values), to: url)
    }
  }

  private static func requireFinite<S: Scalar>(_ values: Tensor<S>, _ path: String) throws {
    let count = values.withUnsafeBufferPointer { $0.count { !$0.isFinite } }
    guard count == 0 else {
      throw InputError(
        path, "\(count) of \(values.count) pixels of the result are not finite, which PNG cannot hold",
        remedy: "Write a .npy file.")
    }
  }

  private static func array<S: Scalar>(_ values: Tensor<S>) -> NumPyArray {
    if let doubles = values as? Tensor<Double> { return NumPyArray(doubles) }
    return NumPyArray(values.map { Float($0) })
  }

  private static func stretched<S: Scalar>(_ values: Tensor<S>) -> Tensor<S> {
    let numbers = values.elements
    guard let low = numbers.min(), let high = numbers.max(), high > low else { return values.map { _ in 0 } }
    return values.map { ($0 - low) / (high - low) }
  }
}
