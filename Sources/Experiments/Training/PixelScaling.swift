public import Tensors

/// What becomes of pixels before a network sees them.
public enum PixelScaling: String, CaseIterable, Codable, Sendable {
  /// They stay as they are in the file.
  case none
  /// The training pixels get mean 0 and standard deviation 1.
  case normalised
  /// The training pixels reach from −1 to 1.
  case signed

  /// The map for some training images; `nil` where nothing changes.
  ///
  /// - Parameter images: The training images.
  /// - Returns: The map.
  public func standardizer(for images: Tensor<Float>) -> PixelStandardizer? {
    switch self {
    case .none: nil
    case .normalised: PixelStandardizer(fitting: images)
    case .signed: PixelStandardizer(spanning: images)
    }
  }
}
