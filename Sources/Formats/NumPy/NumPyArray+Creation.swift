import Tensors

extension NumPyArray {
  /// An array of float32.
  public init(_ tensor: Tensor<Float>) { self.init(tensor, as: .float32) }

  /// An array of float64.
  public init(_ tensor: Tensor<Double>) { self.init(tensor, as: .float64) }

  /// An array of uint8.
  public init(_ tensor: Tensor<UInt8>) { self.init(tensor, as: .uint8) }

  /// An array of uint16.
  public init(_ tensor: Tensor<UInt16>) { self.init(tensor, as: .uint16) }

  /// An array of int64.
  ///
  /// - Parameters:
  ///   - integers: The elements in row-major order.
  ///   - shape: The size of each axis; a vector when left out.
  public init(_ integers: [Int], shape: [Int]? = nil) { self.init(Tensor(integers, shape: shape), as: .int64) }

  /// An array of text, as wide as the longest element.
  ///
  /// - Parameters:
  ///   - strings: The elements in row-major order.
  ///   - shape: The size of each axis; a vector when left out.
  public init(_ strings: [String], shape: [Int]? = nil) {
    let width = max(1, strings.map { $0.unicodeScalars.count }.max() ?? 1)
    var bytes = [UInt8](repeating: 0, count: 4 * width * strings.count)
    bytes.withUnsafeMutableBytes { buffer in
      for (index, string) in strings.enumerated() {
        for (place, scalar) in string.unicodeScalars.enumerated() {
          buffer.storeBytes(of: scalar.value, toByteOffset: 4 * (index * width + place), as: UInt32.self)
        }
      }
    }
    self.init(shape: shape ?? [strings.count], elementType: .unicode(length: width), bytes: bytes[...])
  }

  private init<Element>(_ tensor: Tensor<Element>, as type: ElementType) {
    let bytes = tensor.withUnsafeBufferPointer { [UInt8](UnsafeRawBufferPointer($0)) }
    self.init(shape: tensor.shape, elementType: type, bytes: bytes[...])
  }
}
