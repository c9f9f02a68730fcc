/// A height and a width: of a kernel, a stride, a padding.
///
/// A literal such as `3` means 3×3.
public struct Extent2D: Hashable, Sendable, ExpressibleByIntegerLiteral, CustomStringConvertible {
  /// Rows.
  public let height: Int
  /// Columns.
  public let width: Int

  /// Creates an extent.
  public init(height: Int, width: Int) {
    self.height = height
    self.width = width
  }

  /// Creates a square extent.
  public init(_ size: Int) { self.init(height: size, width: size) }

  /// Creates a square extent.
  public init(integerLiteral value: Int) { self.init(value) }

  /// Height × width.
  public var area: Int { height * width }

  /// `"3×3"`.
  public var description: String { "\(height)×\(width)" }
}
