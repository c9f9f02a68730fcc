internal import Tensors

/// Wavelet scattering of order m ≤ 2: averages of moduli of wavelet responses, stable to small deformations.
///
/// S₀ = x ⋆ φ, S₁ = |x ⋆ ψ_λ| ⋆ φ, S₂ = ||x ⋆ ψ_λ| ⋆ ψ_μ| ⋆ φ with Morlet wavelets of scales j = 0..<J and orientations
/// θ = 0..<L, where μ is coarser than λ, and a Gaussian φ of the scale 2^J, at every 2^J-th pixel. The coefficients are those
/// of kymatio's `Scattering2D(J, (H, W), L)` with the boundary `reflect`, in its order: K = 1 + J·L + L²·J·(J − 1)/2
/// channels of ⌊H/2^J⌋·⌊W/2^J⌋ numbers, by order, then by the first wavelet's (j, θ), then by the second's.
///
/// An image is extended on all sides by its boundary, to the next multiple of 2^J that leaves at least 2^(J−1); a map of
/// scale j has every 2ʲ-th sample. With the boundary `circular` nothing is extended: the image is one period, the maps keep
/// all its samples, and an axis of 2^J pixels, which has one output, is averaged with equal weights. Then a circular shift
/// by a multiple of 2^J pixels moves the outputs, and where there is only one it changes nothing but rounding.
///
/// With ε, the design matrix has log(ε + S) for the orders 1 and 2, S₀ as it is; an empty image has then log ε. For images
/// of 0…1, ε = 0.001 serves linear models well.
///
/// Computed in the precision of the images. Name: `scattering` for J = 2, L = 8, order 2 and `reflect`; what differs
/// follows, such as `scattering:J=3:boundary=circular:log=0.001`.
///
/// Source: J. Bruna, S. Mallat, Invariant scattering convolution networks, IEEE TPAMI 35 (2013); M. Andreux et al.,
/// Kymatio: scattering transforms in Python, JMLR 21 (2020).
public struct ScatteringFeatures: FeatureMap {
  /// H, the number of rows of an image.
  public let height: Int
  /// W, the number of columns of an image.
  public let width: Int
  /// J, the number of scales.
  public let scales: Int
  /// L, the number of orientations.
  public let orientations: Int
  /// The largest number of wavelets in a path.
  public let maximumOrder: Int
  /// What an image is taken to be outside its borders.
  public let boundary: Boundary
  /// The wavelets of each channel.
  public let paths: [ScatteringPath]

  let grid: ScatteringGrid
  let logarithm: LogOffset
  let single: Deferred<ScatteringPlan<Float>>
  let double: Deferred<ScatteringPlan<Double>>

  /// Creates the map.
  ///
  /// - Parameters:
  ///   - height: H.
  ///   - width: W.
  ///   - scales: J ≥ 1, with 2^J at most H and W; with a circular boundary 2^J divides both.
  ///   - orientations: L ≥ 1.
  ///   - maximumOrder: 0, 1 or 2.
  ///   - boundary: What is outside the image.
  ///   - logOffset: ε; the coefficients themselves when left out.
  /// - Throws: `InputError` that says the largest J of such images, and for other values out of range.
  public init(
    height: Int, width: Int, scales: Int = 2, orientations: Int = 8, maximumOrder: Int = 2,
    boundary: Boundary = .reflect, logOffset: Double? = nil
  ) throws {
    try Self.validate(height, width, scales: scales, boundary: boundary)
    guard orientations >= 1 else {
      throw InputError("scattering", "found L=\(orientations), expected L ≥ 1 orientations")
    }
    guard (0...2).contains(maximumOrder) else {
      throw InputError("scattering", "found order \(maximumOrder), expected a maximum order of 0, 1 or 2")
    }
    self.height = height
    self.width = width
    self.scales = scales
    self.orientations = orientations
    self.maximumOrder = maximumOrder
    self.boundary = boundary
    logarithm = try LogOffset(logOffset, of: "scattering")
    let paths = ScatteringPath.all(scales: scales, orientations: orientations, maximumOrder: maximumOrder)
    let grid = ScatteringGrid(
      height: height, width: width, scales: scales, orientations: orientations, boundary: boundary)
    self.paths = paths
    self.grid = grid
    single = Deferred { ScatteringPlan(grid, paths) }
    double = Deferred { ScatteringPlan(grid, paths) }
  }

  private static func validate(_ height: Int, _ width: Int, scales: Int, boundary: Boundary) throws {
    let largest = largestScales(height: height, width: width, boundary: boundary)
    let images = "\(height)×\(width) images" + (boundary == .circular ? " with a circular boundary" : "")
    let rule = boundary == .circular ? "2^J must divide both sizes" : "2^J may not exceed a size"
    guard largest >= 1 else { throw InputError("scattering", "\(images) have no scale: \(rule) for a J ≥ 1") }
    guard (1...largest).contains(scales) else {
      throw InputError(
        "scattering", "found J=\(scales), but \(images) have the scales J = 1…\(largest): \(rule)",
        remedy: "Write for instance J=\(min(2, largest)).")
    }
  }

  /// The largest J of images of a size; 0 where there is none.
  public static func largestScales(height: Int, width: Int, boundary: Boundary) -> Int {
    let (least, common) = (min(height, width), height | width)
    guard least >= 1 else { return 0 }
    let logarithm = Int.bitWidth - 1 - least.leadingZeroBitCount
    return boundary == .circular ? min(logarithm, common.trailingZeroBitCount) : logarithm
  }

  /// `scattering`, followed by the options that are not the usual ones.
  public var name: String {
    let options = [
      scales == 2 ? nil : "J=\(scales)", orientations == 8 ? nil : "L=\(orientations)",
      maximumOrder == 2 ? nil : "order=\(maximumOrder)", boundary == .reflect ? nil : "boundary=\(boundary.rawValue)",
    ]
    return (["scattering"] + options.compactMap { $0 }).joined(separator: ":") + logarithm.suffix
  }

  /// ⌊H/2^J⌋, the rows of a channel.
  public var outputHeight: Int { grid.rows.outputCount }

  /// ⌊W/2^J⌋, the columns of a channel.
  public var outputWidth: Int { grid.columns.outputCount }

  /// K·⌊H/2^J⌋·⌊W/2^J⌋.
  public var dimension: Int { paths.count * outputHeight * outputWidth }

  /// The transforms, products, moduli and averages of all paths.
  public var operations: Double { double.value.operations }

  /// The name of the channel and the place, such as `S2 j=0 θ=3, j=1 θ=5 (0,2)`.
  public var featureNames: [String] {
    paths.flatMap { path in
      let prefix = path.order == 0 ? "" : logarithm.prefix
      return (0..<outputHeight).flatMap { row in (0..<outputWidth).map { "\(prefix)\(path.name) (\(row),\($0))" } }
    }
  }
}
