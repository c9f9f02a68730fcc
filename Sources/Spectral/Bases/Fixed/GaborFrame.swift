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

  private let kinds: Deferred<[GaborKind]>
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
    kinds = Deferred { GaborKind.all(height: height, width: width) }
  }

  /// Always ``BasisKind/frame``.
  public var kind: BasisKind { .frame }

  /// The number of Gaussians, cosines and sines that do not vanish.
  public var atomCount: Int { kinds.value.reduce(0) { $0 + $1.placeCount(height: height, width: width) } }

  /// The Gaussians, `mean`, and one band for each scale and direction: `scale 1 45°`.
  public var bands: [AtomBand] { AtomBand.grouping(waves(count: atomCount).map(\.kind.band)) }

  /// The bounds A and B of A‖x‖² ≤ Σⱼ⟨φⱼ, x⟩² ≤ B‖x‖².
  public var bounds: (lower: Double, upper: Double) {
    let atoms = atoms(count: atomCount).reshaped([atomCount, pixelCount])
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
    return waves(count: count).map { "gabor \($0.kind.name) (\($0.y),\($0.x))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    var values: [Double] = []
    var sampled: GaborKind?
    return Tensor(shape: [count, height, width]) { target in
      for (atom, wave) in waves(count: count).enumerated() {
        if sampled != wave.kind { (sampled, values) = (wave.kind, wave.kind.values(height: height, width: width)) }
        for pixel in 0..<pixelCount {
          let (y, x) = (pixel / width - wave.y + height, pixel % width - wave.x + width)
          target[atom * pixelCount + pixel] = values[y % height * width + x % width]
        }
      }
    }
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

  /// The kind and the place of each of the first atoms.
  private func waves(count: Int) -> [(kind: GaborKind, y: Int, x: Int)] {
    let all = kinds.value.lazy.flatMap { kind in
      stride(from: 0, to: height, by: kind.step).lazy.flatMap { y in
        stride(from: 0, to: width, by: kind.step).lazy.map { (kind: kind, y: y, x: $0) }
      }
    }
    return Array(all.prefix(count))
  }
}
