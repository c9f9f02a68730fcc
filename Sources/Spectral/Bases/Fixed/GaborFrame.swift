internal import Numerics
public import Tensors

/// A frame of Gabor wavelets: stripes under a Gaussian, at several scales, in four directions, on a grid of places.
///
/// With scale s = 0, 1, …, S − 1 from fine to coarse, σ_s = 0.8·2ˢ pixels and ξ_s = ¾π/2ˢ, the atoms are
/// exp(−|r|²/2σ_s²)·cos(ξ_s·u) and the same with the sine, where u runs along θ = 0°, 45°, 90°, 135° (0° along x, 90°
/// along y), at every 2ˢ⁺¹-th pixel of rows and columns; and Gaussians of width 0.8·2ˢ with s = S at the places of the
/// coarsest scale, for what varies slowly. The image is taken as periodic. Each atom is divided by its norm; one that
/// vanishes on the pixels is left out. S = max(1, ⌊log₂ of the longer side⌋ − 1), 3 at 16×16: 676 atoms for 256 pixels,
/// with √(B/A) = 5.6.
///
/// There are more atoms than pixels: coefficients are inner products with the dual frame. Every size is accepted.
/// Source: T. S. Lee, *Image representation using 2D Gabor wavelets*, IEEE Transactions on Pattern Analysis and Machine
/// Intelligence 18 (1996); duals: R. J. Duffin, A. C. Schaeffer, *A class of nonharmonic Fourier series*, Transactions
/// of the AMS 72 (1952).
///
/// Order: the Gaussians, then scales from coarse to fine, in each the four directions, cosines before sines, places row
/// by row. Names: `gabor mean (y,x)`, `gabor scale 1 45° cos (y,x)`, with the place in pixels.
public struct GaborFrame: Basis {
  /// `gabor`.
  public let name = "gabor"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// The atoms, all of them.
  private let table: Deferred<(waves: [Wave], atoms: Tensor<Double>)>
  private let duals = Latest<Int, AtomMatrix<Double>>()

  /// Creates the frame.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    table = Deferred { Self.makeTable(height: height, width: width) }
  }

  /// Always ``BasisKind/frame``.
  public var kind: BasisKind { .frame }

  /// The number of Gaussians, cosines and sines that do not vanish.
  public var atomCount: Int { table.value.waves.count }

  /// The Gaussians, `mean`, and one band for each scale and direction: `scale 1 45°`.
  public var bands: [AtomBand] { AtomBand.grouping(table.value.waves.map(\.band)) }

  /// The bounds A and B of A‖x‖² ≤ Σⱼ⟨φⱼ, x⟩² ≤ B‖x‖².
  public var bounds: (lower: Double, upper: Double) {
    let atoms = table.value.atoms.reshaped([atomCount, pixelCount])
    guard let values = SingularValueDecomposition(atoms)?.singularValues, values.count == pixelCount else {
      return (0, .infinity)
    }
    return (values[pixelCount - 1] * values[pixelCount - 1], values[0] * values[0])
  }

  /// σ₁ over the last singular value of the first atoms; √(B/A) of all of them.
  public func conditionNumber(count: Int) -> Double {
    AtomConditioning.conditionNumber(of: atoms(count: count))
  }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return table.value.waves.prefix(count).map { "gabor \($0.name)" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    return table.value.atoms[rows: 0..<count]
  }

  /// The inner products of images `[N, H, W]` with the dual frame of the first atoms, `[N, M]`.
  ///
  /// The smallest coefficients that synthesize the image or, where the first atoms do not span it, its projection.
  public func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    checkImages(images)
    checkCount(count)
    let dual = duals.value(for: count) { AtomMatrix(Self.dual(of: atoms(count: count))) }
    return dual.analyze(images.inDouble()).rounded(to: S.self)
  }

  /// The images `[N, H, W]` of coefficients `[N, M]`.
  public func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    checkCoefficients(coefficients)
    return AtomMatrix(atoms(count: coefficients.shape[1])).synthesize(coefficients)
  }

  /// M·H·W, as the product with the dual frame takes.
  public func analysisOperations(count: Int) -> Double { Double(count) * Double(pixelCount) }

  /// Singular values below this part of the largest count as 0: too few atoms may hardly span what they span.
  private static let smallest = 1e-8

  /// The canonical dual frame U·Σ⁺·Vᵀ of atoms U·Σ·Vᵀ.
  private static func dual(of atoms: Tensor<Double>) -> Tensor<Double> {
    guard atoms.count > 0 else { return atoms }
    guard let factors = SingularValueDecomposition(atoms.reshaped([atoms.shape[0], atoms.rowStride])) else {
      preconditionFailure("expected finite atoms")
    }
    let values = factors.singularValues
    var left = factors.u
    for row in 0..<left.shape[0] {
      for (column, value) in values.enumerated() {
        left[row, column] = value > smallest * values[0] ? left[row, column] / value : 0
      }
    }
    return left.matrixProduct(factors.vTransposed).reshaped(atoms.shape)
  }
}

extension GaborFrame {
  /// An atom: a Gaussian, with stripes unless it has no direction.
  fileprivate struct Wave: Sendable {
    let scale: Int
    /// In units of 45°.
    let direction: Int?
    let isSine: Bool
    let place: (y: Int, x: Int)

    var band: String { direction.map { "scale \(scale) \(45 * $0)°" } ?? "mean" }

    var name: String { band + (direction == nil ? "" : isSine ? " sin" : " cos") + " (\(place.y),\(place.x))" }

    /// The value at a distance from the place.
    func value(_ y: Double, _ x: Double) -> Double {
      let width = 0.8 * Double(1 << scale)
      let gaussian = Double.exp(-(x * x + y * y) / (2 * width * width))
      guard let direction else { return gaussian }
      let angle = Double.pi * Double(direction) / 4
      let phase = 0.75 * Double.pi / Double(1 << scale) * (x * Double.cos(angle) + y * Double.sin(angle))
      return gaussian * (isSine ? Double.sin(phase) : Double.cos(phase))
    }
  }

  private static func makeTable(height: Int, width: Int) -> (waves: [Wave], atoms: Tensor<Double>) {
    let candidates = waves(height: height, width: width)
    let norms = candidates.map { wave -> (Wave, [Double], Double) in
      let values = sample(wave, height: height, width: width)
      return (wave, values, Tensor(values).norm)
    }
    let kept = norms.filter { $0.2 > 1e-9 }
    let values = kept.flatMap { kept in kept.1.map { $0 / kept.2 } }
    return (kept.map(\.0), Tensor(values, shape: [kept.count, height, width]))
  }

  private static func waves(height: Int, width: Int) -> [Wave] {
    let scales = max(1, Int.bitWidth - 2 - max(height, width).leadingZeroBitCount)
    func grid(step: Int) -> [(y: Int, x: Int)] {
      stride(from: 0, to: height, by: step).flatMap { y in stride(from: 0, to: width, by: step).map { (y, $0) } }
    }
    let means = grid(step: 1 << scales).map { Wave(scale: scales, direction: nil, isSine: false, place: $0) }
    return means
      + (0..<scales).reversed().flatMap { scale in
        (0..<4).flatMap { direction in
          [false, true].flatMap { isSine in
            grid(step: 2 << scale).map { Wave(scale: scale, direction: direction, isSine: isSine, place: $0) }
          }
        }
      }
  }

  /// The values on the pixels, with all periods that reach five widths.
  private static func sample(_ wave: Wave, height: Int, width: Int) -> [Double] {
    let reach = 4 * (1 << wave.scale)
    let periods = (y: -(reach / height + 1)...(reach / height + 1), x: -(reach / width + 1)...(reach / width + 1))
    return (0..<height * width).map { pixel in
      let (y, x) = (pixel / width - wave.place.y, pixel % width - wave.place.x)
      return periods.y.reduce(0) { sum, row in
        sum + periods.x.reduce(0) { $0 + wave.value(Double(y + row * height), Double(x + $1 * width)) }
      }
    }
  }
}
