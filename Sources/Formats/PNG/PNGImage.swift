import Tensors

/// The samples of a PNG picture as they lie in the file, without any change of gamma or colour.
public struct PNGImage: Equatable, Sendable {
  /// The number of columns.
  public let width: Int
  /// The number of rows.
  public let height: Int
  /// 1 for gray, 2 for gray and opacity, 3 for red, green and blue, 4 for these and opacity.
  public let channels: Int
  /// The bits of one sample, 8 or 16.
  public let bitDepth: Int

  /// The samples, `[H, W, channels]`; those of 16 bits little-endian.
  package let bytes: [UInt8]

  /// The sample that stands for full brightness, 255 or 65535.
  public var maximum: Int { 1 << bitDepth - 1 }

  package init(width: Int, height: Int, channels: Int, bitDepth: Int, bytes: [UInt8]) {
    self.width = width
    self.height = height
    self.channels = channels
    self.bitDepth = bitDepth
    self.bytes = bytes
  }

  /// A picture of 8-bit samples.
  ///
  /// - Parameter samples: `[H, W]` for gray or `[H, W, C]` with 1 to 4 channels; at least one pixel.
  public init(_ samples: Tensor<UInt8>) { self.init(samples, bitDepth: 8) }

  /// A picture of 16-bit samples.
  ///
  /// - Parameter samples: `[H, W]` for gray or `[H, W, C]` with 1 to 4 channels; at least one pixel.
  public init(_ samples: Tensor<UInt16>) { self.init(samples, bitDepth: 16) }

  /// The sample of a pixel.
  ///
  /// - Parameters:
  ///   - row: Counted from the top.
  ///   - column: Counted from the left.
  ///   - channel: Less than ``channels``.
  /// - Returns: A number from 0 to ``maximum``.
  public func sample(row: Int, column: Int, channel: Int = 0) -> Int {
    precondition(
      (0..<height).contains(row) && (0..<width).contains(column) && (0..<channels).contains(channel),
      "sample [\(row), \(column), \(channel)] is outside \(height)×\(width)×\(channels)")
    let index = (row * width + column) * channels + channel
    return bitDepth == 8 ? Int(bytes[index]) : Int(bytes[2 * index]) | Int(bytes[2 * index + 1]) << 8
  }

  private init<Sample>(_ samples: Tensor<Sample>, bitDepth: Int) {
    let channels = samples.rank == 3 ? samples.shape[2] : 1
    precondition(
      (2...3).contains(samples.rank) && (1...4).contains(channels) && samples.count > 0,
      "expected samples [H, W] or [H, W, 1 to 4], got shape \(samples.shape)")
    self.init(
      width: samples.shape[1], height: samples.shape[0], channels: channels, bitDepth: bitDepth,
      bytes: samples.withUnsafeBufferPointer { [UInt8](UnsafeRawBufferPointer($0)) })
  }
}
