/// What becomes of the pixels of a file.
public enum PixelScaling: Sendable {
  /// They are taken as they are.
  case asStored
  /// Those of 8-bit images (`uint8`) are divided by 255; all others are taken as they are.
  case unitRange
}
