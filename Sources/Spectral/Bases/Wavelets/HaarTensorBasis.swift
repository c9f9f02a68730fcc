public import Tensors

/// The tensor (standard, anisotropic) Haar basis: products of a Haar wavelet along y and one along x, of any two
/// scales.
///
/// Along each axis the levels halve n as long as it is even; each side must be even, or 1. Unlike the pyramid of
/// ``HaarBasis`` it holds long thin atoms. The coefficients are those of PyWavelets' `fswavedecn(x, 'haar',
/// mode='periodization')`. Source: S. Mallat, *A Wavelet Tour of Signal Processing* (3rd edition 2009), section 7.7.
///
/// Order: by the sum of both scales, coarse to fine, where the approximation counts 0, the coarsest wavelets 1 and so
/// on; ties: the finer scale along x first. In a pair of scales row by row. Names: `haar-tensor (2,a) (r,c)` for level
/// 2 along y (1 is the finest) and the approximation along x, with the place in units of the block.
public struct HaarTensorBasis: OrthonormalBasis {
  /// `haar-tensor`.
  public let name = "haar-tensor"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// Sparse factors: a coefficient takes few pixels of each axis.
  public let fastTransform: FastTransform?

  private let atoms: SeparableAtoms
  private let axes: (y: HaarAxis, x: HaarAxis)

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H, even or 1.
  ///   - width: W, even or 1.
  /// - Throws: `InputError` for a size that cannot be halved.
  public init(height: Int, width: Int) throws {
    try HalvableSize.check(height: height, width: width, for: "haar-tensor")
    self.height = height
    self.width = width
    let axes = (y: HaarAxis(count: height), x: HaarAxis(count: width))
    self.axes = axes
    let atoms = SeparableAtoms(alongY: axes.y.functions, alongX: axes.x.functions, pairs: Self.pairs(axes.y, axes.x))
    self.atoms = atoms
    fastTransform = FastTransform { atoms.transform }
  }

  /// One band for each pair of scales: `levels (2,a)`.
  public var bands: [AtomBand] { AtomBand.grouping(atoms.pairs.map { "levels \(levels($0))" }) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return atoms.pairs.prefix(count).map { pair in
      "haar-tensor \(levels(pair)) (\(axes.y.members[pair.y].place),\(axes.x.members[pair.x].place))"
    }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return atoms.atoms(count: count)
  }

  private func levels(_ pair: (y: Int, x: Int)) -> String {
    "(\(axes.y.levelName(pair.y)),\(axes.x.levelName(pair.x)))"
  }

  private static func pairs(_ alongY: HaarAxis, _ alongX: HaarAxis) -> [(y: Int, x: Int)] {
    let all = alongY.members.indices.flatMap { y in alongX.members.indices.map { (y: y, x: $0) } }
    func scales(_ pair: (y: Int, x: Int)) -> (sum: Int, y: Int, row: Int, column: Int) {
      let (y, x) = (alongY.members[pair.y].scale, alongX.members[pair.x].scale)
      return (y + x, y, pair.y, pair.x)
    }
    return all.map { (pair: $0, key: scales($0)) }.sorted { $0.key < $1.key }.map(\.pair)
  }
}

/// The Haar wavelets of one axis, coarse to fine.
private struct HaarAxis: Sendable {
  struct Member: Sendable {
    /// 0 for the approximation, 1 for the coarsest wavelets, and so on.
    let scale: Int
    let place: Int
  }

  let count: Int
  let members: [Member]
  let levels: Int

  init(count: Int) {
    self.count = count
    let levels = HalvableSize.halvings(count)
    self.levels = levels
    members = (0...levels).flatMap { scale in
      (0..<(count >> (levels - max(0, scale - 1)))).map { Member(scale: scale, place: $0) }
    }
  }

  func levelName(_ index: Int) -> String {
    members[index].scale == 0 ? "a" : "\(levels - members[index].scale + 1)"
  }

  /// The functions as rows, `[n, n]`.
  var functions: Tensor<Double> {
    Tensor(shape: [count, count]) { target in
      target.update(repeating: 0)
      for (row, member) in members.enumerated() {
        let length = 1 << (levels - max(0, member.scale - 1))
        let amplitude = 1 / Double(length).squareRoot()
        for offset in 0..<length {
          let isNegative = member.scale > 0 && 2 * offset >= length
          target[row * count + member.place * length + offset] = isNegative ? -amplitude : amplitude
        }
      }
    }
  }
}
