internal import Numerics

/// A window that fades a piece of an image towards its borders, as `scipy.signal.get_window(name, n)`: periodic.
public enum WindowFunction: String, CaseIterable, Sendable {
  /// 1.
  case boxcar
  /// ½ − ½·cos(2πi/n).
  case hann
  /// 0.54 − 0.46·cos(2πi/n).
  case hamming
  /// 0.42 − ½·cos(2πi/n) + 0.08·cos(4πi/n).
  case blackman

  /// The n weights.
  public func weights(count: Int) -> [Double] {
    (0..<count).map { index in
      let angle = 2 * Double.pi * Double(index) / Double(count)
      return switch self {
      case .boxcar: 1
      case .hann: 0.5 - 0.5 * Double.cos(angle)
      case .hamming: 0.54 - 0.46 * Double.cos(angle)
      case .blackman: 0.42 - 0.5 * Double.cos(angle) + 0.08 * Double.cos(2 * angle)
      }
    }
  }
}
