import Tensors

extension PNGImage {
  /// The brightness of each pixel, 0 for black and 1 for white.
  ///
  /// Colour becomes Y = 0.2126·R + 0.7152·G + 0.0722·B, the weights of ITU-R BT.709, applied to the samples as they are;
  /// opacity is left out. For a gray picture it is sample / ``maximum``.
  ///
  /// - Parameter type: The precision.
  /// - Returns: `[H, W]`.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public func gray<S: Scalar>(as type: S.Type = S.self) -> Tensor<S> {
    bytes.withUnsafeBytes { source in
      bitDepth == 8
        ? brightness { S(source.loadUnaligned(fromByteOffset: $0, as: UInt8.self)) }
        : brightness { S(source.loadUnaligned(fromByteOffset: 2 * $0, as: UInt16.self)) }
    }
  }

  /// A gray picture of brightness.
  ///
  /// Values outside 0…1 are clipped, not-a-number becomes black; the others are rounded to the nearest sample.
  ///
  /// - Parameters:
  ///   - brightness: `[H, W]`, 0 for black and 1 for white.
  ///   - bitDepth: The bits of one sample, 8 or 16.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public init<S: Scalar>(gray brightness: Tensor<S>, bitDepth: Int = 8) {
    precondition(bitDepth == 8 || bitDepth == 16, "expected 8 or 16 bits, got \(bitDepth)")
    precondition(brightness.rank == 2, "expected an image [H, W], got shape \(brightness.shape)")
    if bitDepth == 8 {
      self.init(brightness.map { UInt8(Self.clipped($0) * 255 + 0.5) })
    } else {
      self.init(brightness.map { UInt16(Self.clipped($0) * 65535 + 0.5) })
    }
  }

  @inline(__always)
  private static func clipped<S: Scalar>(_ value: S) -> S { value > 0 ? min(value, 1) : 0 }

  @inline(__always)
  private func brightness<S: Scalar>(_ sample: (Int) -> S) -> Tensor<S> {
    let scale = S(maximum)
    return Tensor(shape: [height, width]) { target in
      if channels < 3 {
        for index in target.indices { target[index] = sample(index * channels) / scale }
      } else {
        for index in target.indices {
          let (red, green, blue) = (
            sample(index * channels), sample(index * channels + 1), sample(index * channels + 2)
          )
          target[index] = (0.2126 * red + 0.7152 * green + 0.0722 * blue) / scale
        }
      }
    }
  }
}
