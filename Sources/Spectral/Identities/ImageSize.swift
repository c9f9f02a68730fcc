internal import Tensors

/// The height and width of an image.
public struct ImageSize: Hashable, Sendable, CustomStringConvertible {
  /// H.
  public let height: Int
  /// W.
  public let width: Int

  /// Creates a size.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(_ height: Int, _ width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
  }

  /// Reads a size such as `16x16` or `1x31`.
  ///
  /// - Parameter text: Height and width, with an x or × between them.
  /// - Throws: `InputError` where that is not what the text is.
  public init(parsing text: String) throws {
    let parts = text.split(omittingEmptySubsequences: false) { "x×X".contains($0) }
    guard parts.count == 2, let height = Int(parts[0]), let width = Int(parts[1]), height >= 1, width >= 1 else {
      throw InputError("size '\(text)'", "expected height and width of at least 1, such as 16x16 or 1x31")
    }
    self.init(height, width)
  }

  /// The size as `HxW`.
  public var description: String { "\(height)x\(width)" }

  var count: Int { height * width }
  var shape: [Int] { [height, width] }

  func scaled(by factors: (y: Int, x: Int)) -> ImageSize { ImageSize(height * factors.y, width * factors.x) }

  /// The size with both sides halved until it has no more pixels than that.
  func halved(toCount largest: Int) -> ImageSize {
    count <= largest ? self : ImageSize((height + 1) / 2, (width + 1) / 2).halved(toCount: largest)
  }
}
