internal import Numerics
public import Tensors

/// The moduli of the Fourier transforms of an image's pieces: what waves there are, and roughly where.
///
/// |rfft2(w·x[piece])| of every piece of n×n pixels that fits into the image, at every `hop`-th row and column, with the
/// window w = v·vᵀ: D = (⌊(H − n)/hop⌋ + 1)·(⌊(W − n)/hop⌋ + 1)·n·(n/2 + 1), piece by piece, each row by row. It is not
/// normalised. With ε, log(ε + modulus).
///
/// Name: `windowed-fourier:n`, followed by `hop=` unless n/2 (at least 1), `window=` unless `hann`, and `log=`.
public struct WindowedFourierFeatures: FeatureMap {
  /// H, the number of rows of an image.
  public let height: Int
  /// W, the number of columns of an image.
  public let width: Int
  /// n, the rows and columns of a piece.
  public let size: Int
  /// The rows or columns from one piece to the next.
  public let hop: Int
  /// v.
  public let window: WindowFunction

  private let transform: PlaneTransform<Double>
  private let logarithm: LogOffset

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  ///   - size: n, from 1 to the smaller of H and W.
  ///   - hop: How far apart the pieces are; max(1, n/2) when left out.
  ///   - window: The window of each axis.
  ///   - logOffset: ε; the modulus itself when left out.
  /// - Throws: `InputError` for values out of range.
  public init(
    height: Int, width: Int, size: Int, hop: Int? = nil, window: WindowFunction = .hann, logOffset: Double? = nil
  ) throws {
    guard size >= 1 && size <= min(height, width) else {
      throw InputError(
        "windowed-fourier",
        "found pieces of \(size)×\(size), expected 1 to \(min(height, width)) for images of "
          + "\(height)×\(width)")
    }
    guard hop ?? 1 >= 1 else { throw InputError("windowed-fourier", "found hop=\(hop!), expected at least 1") }
    self.height = height
    self.width = width
    self.size = size
    self.hop = hop ?? max(1, size / 2)
    self.window = window
    transform = PlaneTransform(height: size, width: size)
    logarithm = try LogOffset(logOffset, of: "windowed-fourier")
  }

  /// The name with the options that are not the usual ones.
  public var name: String {
    "windowed-fourier:\(size)" + (hop == max(1, size / 2) ? "" : ":hop=\(hop)")
      + (window == .hann ? "" : ":window=\(window.rawValue)") + logarithm.suffix
  }

  /// The rows of pieces.
  public var pieceRows: Int { (height - size) / hop + 1 }

  /// The columns of pieces.
  public var pieceColumns: Int { (width - size) / hop + 1 }

  /// The pieces times n·(n/2 + 1).
  public var dimension: Int { pieceRows * pieceColumns * transform.spectrumCount }

  /// For each piece its window, its transform and its moduli.
  public var operations: Double {
    Double(pieceRows * pieceColumns) * (Double(size * size) + transform.powerOperations)
  }

  /// `modulus (ky,kx) at (y,x)`, with the first pixel of the piece.
  public var featureNames: [String] {
    places.flatMap { place in
      transform.frequencyNames.map { logarithm.prefix + "modulus \($0) at (\(place.row),\(place.column))" }
    }
  }

  private var places: [(row: Int, column: Int)] {
    (0..<pieceRows).flatMap { row in (0..<pieceColumns).map { (row * hop, $0 * hop) } }
  }

  /// The moduli of images `[N, H, W]`, `[N, D]`.
  public func designMatrix<S: Scalar>(_ images: Tensor<S>) throws -> Tensor<Double> {
    let (places, weights) = (places, window.weights(count: size))
    return try rows(images) {
      let plane = AlignedMemory<Double>(count: transform.realCount)
      let spectrum = AlignedMemory<Complex<Double>>(count: transform.spectrumCount)
      return { image, row in
        var target = row
        for place in places {
          for y in 0..<size {
            let source = image + (place.row + y) * width + place.column
            for x in 0..<size { plane.base[y * size + x] = weights[y] * weights[x] * source[x] }
          }
          transform.forward(plane.base, spectrum.base)
          for index in 0..<spectrum.count { target[index] = spectrum.base[index].length }
          target += spectrum.count
        }
        logarithm.apply(row, count: dimension)
      }
    }
  }
}
