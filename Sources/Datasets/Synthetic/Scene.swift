/// The expected contrast of an image before it is formed, on a field wider than the image on all sides.
///
/// A value c at a point stands for the expected intensity 1 + c there, in units of the mean dose. Row and column 0 are
/// the image's; the margin has negative indices and indices from `size` on. A pixel's number is the contrast at its
/// centre.
public struct Scene {
  /// The number of rows and of columns of the image.
  public let size: Int
  /// The width of the border round the image in pixels.
  public let margin: Int
  /// The contrast of the whole field in row-major order, `extent`² numbers.
  public internal(set) var contrast: [Double]

  /// The number of rows and of columns of the field.
  public var extent: Int { size + 2 * margin }

  /// The rows and the columns of the field.
  public var coordinates: Range<Int> { -margin..<size + margin }

  /// Creates a field without contrast.
  ///
  /// - Parameters:
  ///   - size: The number of rows and of columns of the image.
  ///   - margin: The width of the border in pixels.
  public init(size: Int, margin: Int) {
    self.size = size
    self.margin = margin
    contrast = [Double](repeating: 0, count: (size + 2 * margin) * (size + 2 * margin))
  }

  /// Adds a function of row and column.
  package mutating func add(_ function: (_ row: Int, _ column: Int) -> Double) {
    var index = 0
    for row in coordinates {
      for column in coordinates {
        contrast[index] += function(row, column)
        index += 1
      }
    }
  }

  /// Adds the product of a function of the row and a function of the column.
  mutating func addProduct(_ rows: (Int) -> Double, _ columns: (Int) -> Double) {
    let (a, b) = (coordinates.map(rows), coordinates.map(columns))
    var index = 0
    for left in a {
      for right in b {
        contrast[index] += left * right
        index += 1
      }
    }
  }
}
