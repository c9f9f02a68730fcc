internal import Tensors

/// How the maps of a filter bank are summed up.
public struct FilterPooling: Hashable, Sendable {
  /// What becomes of a window.
  public enum Kind: String, CaseIterable, Sendable {
    /// Its largest value.
    case max
    /// The mean of its values.
    case average
  }

  /// What becomes of a window.
  public let kind: Kind
  /// The rows and columns of a window; the whole map when `nil`.
  public let window: Int?
  /// The rows or columns from one window to the next.
  public let stride: Int

  /// Pools windows; only those that lie wholly in the map count, as in PyTorch.
  ///
  /// - Parameters:
  ///   - kind: What becomes of a window.
  ///   - window: Its rows and columns, at least 1.
  ///   - stride: The distance of windows, at least 1; the window when left out.
  public init(_ kind: Kind, window: Int, stride: Int? = nil) {
    precondition(window >= 1 && stride ?? 1 >= 1, "expected at least 1, got window \(window), stride \(stride ?? 1)")
    self.kind = kind
    self.window = window
    self.stride = stride ?? window
  }

  private init(whole kind: Kind) {
    self.kind = kind
    window = nil
    stride = 1
  }

  /// Pools the whole map to one number.
  public static func global(_ kind: Kind) -> FilterPooling { FilterPooling(whole: kind) }

  /// The windows along an axis.
  func outputCount(_ count: Int) -> Int { window.map { ($0 <= count ? (count - $0) / stride + 1 : 0) } ?? 1 }

  /// Pools a map `[rows, columns]` after an activation.
  @specialized(where S == Float)
  @specialized(where S == Double)
  func apply<S: Scalar>(
    _ map: UnsafePointer<S>, rows: Int, columns: Int, _ activation: FilterActivation,
    to target: UnsafeMutablePointer<Double>
  ) {
    let (height, width) = (window ?? rows, window ?? columns)
    let outputColumns = outputCount(columns)
    for output in 0..<outputCount(rows) * outputColumns {
      let first = map + (output / outputColumns * columns + output % outputColumns) * stride
      var (sum, largest) = (S.zero, S.zero)
      for y in 0..<height {
        for x in 0..<width {
          let value = activation == .relu ? Swift.max(0, first[y * columns + x]) : abs(first[y * columns + x])
          sum += value
          largest = Swift.max(largest, value)
        }
      }
      target[output] = Double(kind == .max ? largest : sum / S(height * width))
    }
  }
}

/// What becomes of the response of a filter.
public enum FilterActivation: String, CaseIterable, Sendable {
  /// max(0, y).
  case relu
  /// |y|.
  case modulus
}
