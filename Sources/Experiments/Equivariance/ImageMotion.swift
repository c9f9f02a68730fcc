import Foundation

/// A motion of images: what is done to them, and what a map that keeps its place should undergo.
public struct ImageMotion: Sendable {
  /// What kind of motion it is.
  public enum Kind: String, Codable, Sendable {
    /// By whole or broken pixels.
    case shift
    /// About the middle of the image.
    case rotation
    /// From the middle of the image.
    case scale
  }

  /// What kind of motion it is.
  public let kind: Kind
  /// Pixels, degrees, or a factor.
  public let amount: Double

  /// Where the image point at a place comes from: A·p + b, relative to the middle of the image, rows first.
  private let matrix: (yy: Double, yx: Double, xy: Double, xx: Double)
  private let offset: (y: Double, x: Double)

  /// The motions that a table has in one column.
  ///
  /// - Parameters:
  ///   - kind: What kind of motion.
  ///   - amount: Pixels, degrees, or a factor above 0.
  /// - Returns: Shifts in the four directions, rotations both ways, or the one scaling.
  public static func all(_ kind: Kind, _ amount: Double) -> [ImageMotion] {
    switch kind {
    case .shift:
      [(0, 1), (0, -1), (1, 0), (-1, 0)].map {
        ImageMotion(kind, amount, (1, 0, 0, 1), offset: (-amount * $0.0, -amount * $0.1))
      }
    case .rotation:
      [amount, -amount].map { degrees in
        let (c, s) = (cos(degrees * .pi / 180), sin(degrees * .pi / 180))
        return ImageMotion(kind, amount, (c, s, -s, c))
      }
    case .scale: [ImageMotion(kind, amount, (1 / amount, 0, 0, 1 / amount))]
    }
  }

  private init(
    _ kind: Kind, _ amount: Double, _ matrix: (Double, Double, Double, Double), offset: (Double, Double) = (0, 0)
  ) {
    self.kind = kind
    self.amount = amount
    self.matrix = matrix
    self.offset = offset
  }

  /// Where the point at a place comes from.
  ///
  /// - Parameter place: Row and column, relative to the middle of the image.
  /// - Returns: Row and column, relative to the middle of the image.
  func origin(of place: (y: Double, x: Double)) -> (y: Double, x: Double) {
    (
      matrix.yy * place.y + matrix.yx * place.x + offset.y, matrix.xy * place.y + matrix.xx * place.x + offset.x
    )
  }

  /// The name of a column: `shift 2`, `rotation 15°`, `scale 0.9`.
  static func name(_ kind: Kind, _ amount: Double) -> String {
    String(format: "%@ %g", kind.rawValue, amount) + (kind == .rotation ? "°" : "")
  }
}
