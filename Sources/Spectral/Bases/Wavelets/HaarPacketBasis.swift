public import Tensors

/// Haar wavelet packets of one depth: the image split into 2ᵈ × 2ᵈ frequency bands, each sampled on a coarse grid.
///
/// Unlike the pyramid the details are split as the averages are. Depth 0 are the pixels and the greatest depth of a
/// power of two the ``WalshBasis``; the default is half of it, the square in between: at 16×16 depth 2, 16 bands at 16
/// places. An axis that cannot be halved so often is as deep as it can. Each side must be even, or 1. The coefficients
/// are those of PyWavelets' `WaveletPacket2D(x, 'haar', 'periodization').get_level(d, 'freq')`. Source: R. R. Coifman,
/// M. V. Wickerhauser, *Entropy-based algorithms for best basis selection*, IEEE Transactions on Information Theory 38
/// (1992).
///
/// Order: by the band's frequency, (b_y/2ᵈ)² + (b_x/2ᵈ)², where b counts sign changes in a block; ties: smaller b_y
/// first. In a band row by row. Names: `haar-packet (b_y,b_x) (r,c)`, with the place in units of the block.
public struct HaarPacketBasis: OrthonormalBasis {
  /// `haar-packet`.
  public let name = "haar-packet"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// d, how often the image is split.
  public let depth: Int
  /// Sparse factors: a coefficient takes the pixels of one block.
  public let fastTransform: FastTransform?

  private let atoms: SeparableAtoms
  private let blocks: (y: Int, x: Int)

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H, even or 1.
  ///   - width: W, even or 1.
  ///   - depth: d, from 1 to the number of times that the longer halvable side can be halved; half of that, rounded up,
  ///     when left out.
  /// - Throws: `InputError` for a size that cannot be halved, and a depth that it does not have.
  public init(height: Int, width: Int, depth: Int? = nil) throws {
    try HalvableSize.check(height: height, width: width, for: "haar-packet")
    let deepest = max(HalvableSize.halvings(height), HalvableSize.halvings(width))
    guard (0...deepest).contains(depth ?? 0) else {
      throw InputError(
        "haar-packet", "depth \(depth ?? 0) asked for, but \(height)×\(width) images have 0 to \(deepest)")
    }
    self.height = height
    self.width = width
    self.depth = depth ?? (deepest + 1) / 2
    blocks = (
      1 << min(self.depth, HalvableSize.halvings(height)), 1 << min(self.depth, HalvableSize.halvings(width))
    )
    let atoms = SeparableAtoms(
      alongY: Self.functions(height, block: blocks.y), alongX: Self.functions(width, block: blocks.x),
      pairs: Self.pairs(height: height, width: width, blocks))
    self.atoms = atoms
    fastTransform = FastTransform { atoms.transform }
  }

  /// One band for each pair of frequencies: `frequency (1,0)`.
  public var bands: [AtomBand] {
    let (rows, columns) = (height / blocks.y, width / blocks.x)
    return AtomBand.grouping(atoms.pairs.map { "frequency (\($0.y / rows),\($0.x / columns))" })
  }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    let (rows, columns) = (height / blocks.y, width / blocks.x)
    return atoms.pairs.prefix(count).map { pair in
      "haar-packet (\(pair.y / rows),\(pair.x / columns)) (\(pair.y % rows),\(pair.x % columns))"
    }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return atoms.atoms(count: count)
  }

  /// The packets of one axis, band by band, as rows `[n, n]`: Walsh functions of a block, at each block.
  private static func functions(_ count: Int, block: Int) -> Tensor<Double> {
    let walsh = WalshFunctions.values(block)
    return Tensor(shape: [count, count]) { target in
      target.update(repeating: 0)
      for row in 0..<count {
        let (band, place) = (row / (count / block), row % (count / block))
        for offset in 0..<block { target[row * count + place * block + offset] = walsh[band, offset] }
      }
    }
  }

  private static func pairs(height: Int, width: Int, _ blocks: (y: Int, x: Int)) -> [(y: Int, x: Int)] {
    let (rows, columns) = (height / blocks.y, width / blocks.x)
    return SeparableAtoms.byFrequency(height: blocks.y, width: blocks.x).flatMap { band in
      (0..<rows * columns).map { (y: band.y * rows + $0 / columns, x: band.x * columns + $0 % columns) }
    }
  }
}
