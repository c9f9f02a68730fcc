import Formats
import Foundation
import Tensors

/// A picture of 8 bits per channel that can be painted on and written as PNG.
public struct RGBImage: Equatable, Sendable {
  /// The samples, `[H, W, 3]`.
  public private(set) var samples: Tensor<UInt8>

  /// The number of rows.
  public var height: Int { samples.shape[0] }

  /// The number of columns.
  public var width: Int { samples.shape[1] }

  /// Creates a picture of one colour.
  public init(height: Int, width: Int, filledWith color: RGBColor) {
    samples = Tensor(repeating: 0, shape: [height, width, 3])
    fill(rows: 0..<height, columns: 0..<width, with: color)
  }

  /// Paints a rectangle.
  ///
  /// - Parameters:
  ///   - rows: Within the height.
  ///   - columns: Within the width.
  ///   - color: The colour.
  public mutating func fill(rows: Range<Int>, columns: Range<Int>, with color: RGBColor) {
    let width = width
    precondition(
      rows.lowerBound >= 0 && rows.upperBound <= height && columns.lowerBound >= 0 && columns.upperBound <= width,
      "rectangle \(rows)×\(columns) is outside a picture of \(height)×\(width)")
    samples.withUnsafeMutableBufferPointer { samples in
      for row in rows {
        for column in columns {
          let place = 3 * (row * width + column)
          samples[place] = color.red
          samples[place + 1] = color.green
          samples[place + 2] = color.blue
        }
      }
    }
  }

  /// The colour of a pixel.
  public subscript(_ row: Int, _ column: Int) -> RGBColor {
    RGBColor(red: samples[row, column, 0], green: samples[row, column, 1], blue: samples[row, column, 2])
  }

  /// Writes the picture as PNG; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(to url: URL) throws { try PNG.write(PNGImage(samples), to: url) }
}
