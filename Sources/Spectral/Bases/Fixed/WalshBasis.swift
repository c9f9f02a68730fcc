internal import Numerics
public import Tensors

/// The Walsh–Hadamard basis: products of Walsh functions, which are 1 and −1 over the square root of their number, in
/// sequency order.
///
/// Function s of an axis changes its sign s times and begins positive. Each side must be a power of two. Source: J. L.
/// Walsh, *A closed set of normal orthogonal functions*, American Journal of Mathematics 45 (1923); the fast transform
/// is W. K. Pratt, J. Kane, H. C. Andrews, *Hadamard transform image coding*, Proceedings of the IEEE 57 (1969).
///
/// Order: by (s_y/H)² + (s_x/W)²; ties: smaller s_y first. Names: `walsh(s_y,s_x)`.
public struct WalshBasis: OrthonormalBasis {
  /// `walsh`.
  public let name = "walsh"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// Sums and differences of halves, log₂ n times along each axis.
  public let fastTransform: FastTransform?

  private let sequencies: Deferred<[(y: Int, x: Int)]>

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H, a power of two.
  ///   - width: W, a power of two.
  /// - Throws: `InputError` for another size.
  public init(height: Int, width: Int) throws {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    guard [height, width].allSatisfy({ $0.nonzeroBitCount == 1 }) else {
      throw InputError(
        "walsh", "there are no Walsh functions on \(height)×\(width) pixels",
        remedy: "Height and width must each be a power of two, for instance \(Self.nearest(height, width)).")
    }
    self.height = height
    self.width = width
    let sequencies = Deferred { SeparableAtoms.byFrequency(height: height, width: width) }
    self.sequencies = sequencies
    fastTransform = FastTransform {
      FactoredTransform(
        alongY: WalshFunctions.factors(height), alongX: WalshFunctions.factors(width), height: height, width: width,
        pairs: sequencies.value)
    }
  }

  /// The constant, `mean`, and one band for each octave of sequency and orientation, as those of ``DCTBasis``.
  public var bands: [AtomBand] { FrequencyBand.bands(of: sequencies.value, height: height, width: width) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return sequencies.value.prefix(count).map { "walsh(\($0.y),\($0.x))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return SeparableAtoms(
      alongY: WalshFunctions.values(height), alongX: WalshFunctions.values(width), pairs: sequencies.value
    ).atoms(count: count)
  }

  private static func nearest(_ height: Int, _ width: Int) -> String {
    let sides = [height, width].map { side in
      let below = 1 << (Int.bitWidth - 1 - side.leadingZeroBitCount)
      return 2 * side < 3 * below ? below : 2 * below
    }
    return "\(sides[0])×\(sides[1])"
  }
}

/// The Walsh functions of one axis.
enum WalshFunctions {
  /// The functions as rows `[n, n]`, n a power of two, in sequency order.
  static func values(_ count: Int) -> Tensor<Double> {
    let amplitude = 1 / Double(count).squareRoot()
    return Tensor(shape: [count, count]) { target in
      for sequency in 0..<count {
        let code = hadamardRow(sequency, count)
        for point in 0..<count {
          let isNegative = !(code & point).nonzeroBitCount.isMultiple(of: 2)
          target[sequency * count + point] = isNegative ? -amplitude : amplitude
        }
      }
    }
  }

  /// The row (−1)^⟨j, x⟩ of Hadamard's matrix that changes its sign s times: j is the Gray code of s with its bits
  /// reversed.
  private static func hadamardRow(_ sequency: Int, _ count: Int) -> Int {
    let gray = UInt(sequency ^ (sequency >> 1))
    return (0..<count.trailingZeroBitCount).reduce(0) { $0 << 1 | Int(gray >> $1 & 1) }
  }

  /// log₂ n factors of sums and differences, the last one in sequency order; none for n = 1.
  static func factors(_ count: Int) -> [SparseMatrix] {
    let bits = count.trailingZeroBitCount
    var factors = (0..<bits).map { butterfly(count, distance: 1 << $0) }
    if let last = factors.popLast() {
      factors.append(SparseMatrix(rows: (0..<count).map { last.rows[hadamardRow($0, count)] }))
    }
    return factors
  }

  private static func butterfly(_ count: Int, distance: Int) -> SparseMatrix {
    let weight = Double.sqrt(0.5)
    return SparseMatrix(
      rows: (0..<count).map { place in
        let isDifference = place & distance != 0
        return [
          SparseMatrix.Entry(column: place & ~distance, weight: weight),
          SparseMatrix.Entry(column: place | distance, weight: isDifference ? -weight : weight),
        ]
      })
  }
}
