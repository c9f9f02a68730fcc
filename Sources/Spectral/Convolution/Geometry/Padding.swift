/// The number of rows and columns by which an image is extended on each side.
public struct Padding: Hashable, Sendable {
  /// The rows before the first.
  public var top: Int
  /// The rows after the last.
  public var bottom: Int
  /// The columns before the first.
  public var left: Int
  /// The columns after the last.
  public var right: Int

  /// Creates a padding with a size for each side.
  public init(top: Int, bottom: Int, left: Int, right: Int) {
    self.top = top
    self.bottom = bottom
    self.left = left
    self.right = right
  }

  /// Creates the same padding on all sides.
  public init(_ all: Int) { self.init(top: all, bottom: all, left: all, right: all) }

  /// The padding that gives a unit-stride cross-correlation the size of its image: PyTorch's `padding="same"`, with
  /// ⌊(k−1)/2⌋ before and the rest after.
  ///
  /// - Parameters:
  ///   - kernelHeight: The rows of the kernel.
  ///   - kernelWidth: The columns of the kernel.
  /// - Returns: The padding.
  public static func same(kernelHeight: Int, kernelWidth: Int) -> Padding {
    let (y, x) = (kernelHeight - 1, kernelWidth - 1)
    return Padding(top: y / 2, bottom: y - y / 2, left: x / 2, right: x - x / 2)
  }
}
