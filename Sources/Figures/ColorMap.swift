/// Colours for the numbers 0…1, linear between equally spaced anchors.
public struct ColorMap: Equatable, Sendable {
  /// The colour of what is not a number: yellow, which no map contains.
  public static let notANumber = RGBColor(red: 255, green: 214, blue: 0)

  /// Black to white.
  public static let gray = ColorMap(hexadecimal: [0x000000, 0xFFFFFF])

  /// From blue at 0 through near-white at ½ to red at 1: the scheme RdBu of 9 classes, reversed.
  ///
  /// Lightness falls evenly to both sides, and the two hues differ for colour-blind readers too. Source: C. A. Brewer,
  /// *ColorBrewer 2.0*, colorbrewer2.org (Apache License 2.0). Matplotlib's `RdBu_r` has 11 classes, two darker at the ends.
  public static let redBlue = ColorMap(hexadecimal: [
    0x2166AC, 0x4393C3, 0x92C5DE, 0xD1E5F0, 0xF7F7F7, 0xFDDBC7, 0xF4A582, 0xD6604D, 0xB2182B,
  ])

  private let anchors: [SIMD3<Double>]

  /// Creates a map from its colours.
  ///
  /// - Parameter anchors: At least two colours, the first for 0 and the last for 1.
  public init(_ anchors: [RGBColor]) {
    precondition(anchors.count >= 2, "expected at least 2 colours, got \(anchors.count)")
    self.anchors = anchors.map { SIMD3(Double($0.red), Double($0.green), Double($0.blue)) }
  }

  /// The colour of a number.
  ///
  /// - Parameter value: Clipped to 0…1.
  /// - Returns: The colour, ``notANumber`` for NaN.
  public func color(at value: Double) -> RGBColor {
    guard !value.isNaN else { return Self.notANumber }
    let position = min(max(value, 0), 1) * Double(anchors.count - 1)
    let index = min(Int(position), anchors.count - 2)
    let mixed = anchors[index] + (position - Double(index)) * (anchors[index + 1] - anchors[index])
    let rounded = mixed.rounded(.toNearestOrAwayFromZero)
    return RGBColor(red: UInt8(rounded.x), green: UInt8(rounded.y), blue: UInt8(rounded.z))
  }

  private init(hexadecimal: [UInt32]) { self.init(hexadecimal.map(RGBColor.init(hexadecimal:))) }
}
