internal import Numerics
public import Tensors

/// The real orthonormal Fourier basis.
///
/// The frequency k = (k_y, k_x) counts cycles per image; the atoms are √(2/HW)·cos θ and √(2/HW)·sin θ with
/// θ = 2π(k_y·y/H + k_x·x/W), for one k of each pair ±k. Where k and −k are the same bin (each component 0 or half of an
/// even size) there is the cosine alone, 1/√(HW)·cos θ. Every size is accepted. With X̂ = `numpy.fft.rfft2(x)`, the
/// coefficients are √(2/HW)·Re X̂ and −√(2/HW)·Im X̂.
///
/// Order: by |k| in cycles per pixel, (k_y/H)² + (k_x/W)². Ties: smaller |k_y| first, then positive k_y before negative, then
/// cosine before sine. Names: `cos(k_y,k_x)`, `sin(k_y,k_x)`, where k_x ≥ 0 as in the half spectrum of `rfft2`.
public struct FourierBasis: OrthonormalBasis {
  /// `fourier`.
  public let name = "fourier"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
  }

  /// The constant, `mean`, and one band for each octave of frequency and direction of the stripes: `level 2 rising`.
  ///
  /// Level ℓ holds the frequencies above 2⁻⁽ℓ⁺¹⁾ and up to 2⁻ℓ cycles per pixel, and level 1 all above that. Stripes within 22.5° of a
  /// direction belong to it: `horizontal`, `vertical`, `rising` (/) and `falling` (\\).
  public var bands: [AtomBand] { AtomBand.grouping(waves(count: atomCount).map(bandName)) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    waves(count: count).map { "\($0.isSine ? "sin" : "cos")(\($0.frequency.y),\($0.frequency.x))" }
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    let waves = waves(count: count)
    let cosines = (0..<pixelCount).map { Double.cos(2 * .pi * phase($0)) }
    let sines = (0..<pixelCount).map { Double.sin(2 * .pi * phase($0)) }
    return Tensor(shape: [count, height, width]) { target in
      var offset = 0
      for wave in waves {
        let amplitude = ((wave.isSelfConjugate ? 1 : 2) / Double(pixelCount)).squareRoot()
        for y in 0..<height {
          for x in 0..<width {
            let turns = (wave.frequency.y * y * width + wave.frequency.x * x * height) % pixelCount
            let index = turns < 0 ? turns + pixelCount : turns
            target[offset] = amplitude * (wave.isSine ? sines[index] : cosines[index])
            offset += 1
          }
        }
      }
    }
  }

  /// A part of a full turn as a number in (−½, ½], where cosines and sines are most exact.
  private func phase(_ turns: Int) -> Double {
    Double(2 * turns > pixelCount ? turns - pixelCount : turns) / Double(pixelCount)
  }

  private struct Wave {
    let frequency: (y: Int, x: Int)
    let isSine: Bool
    let isSelfConjugate: Bool
    let squaredLength: Int
  }

  private func waves(count: Int) -> [Wave] {
    checkCount(count)
    let waves: [Wave] = (0...width / 2).flatMap { (x: Int) -> [Wave] in
      (-((height - 1) / 2)...height / 2).flatMap { y in self.waves(at: (y, x)) }
    }
    return Array(waves.sorted(by: precedes).prefix(count))
  }

  /// The atoms of one frequency of the half plane: cosine and sine, the cosine, or none where −k stands for it.
  private func waves(at frequency: (y: Int, x: Int)) -> [Wave] {
    let (y, x) = frequency
    let isConjugateColumn = x == 0 || 2 * x == width
    if isConjugateColumn && y < 0 { return [] }
    let isSelfConjugate = isConjugateColumn && (y == 0 || 2 * y == height)
    let squaredLength = y * y * width * width + x * x * height * height
    return (isSelfConjugate ? [false] : [false, true]).map {
      Wave(frequency: frequency, isSine: $0, isSelfConjugate: isSelfConjugate, squaredLength: squaredLength)
    }
  }

  private func bandName(_ wave: Wave) -> String {
    guard wave.squaredLength > 0 else { return "mean" }
    let level = FrequencyBand.level(ofSquared: wave.squaredLength, outOf: pixelCount * pixelCount)
    let (alongY, alongX) = (wave.frequency.y * width, wave.frequency.x * height)
    switch FrequencyBand.orientation(alongY: alongY, alongX: alongX) {
    case .diagonal: return "level \(level) \(alongY > 0 ? "rising" : "falling")"
    case let other: return "level \(level) \(other.rawValue)"
    }
  }

  private func precedes(_ left: Wave, _ right: Wave) -> Bool {
    let (a, b) = (left.frequency.y, right.frequency.y)
    if left.squaredLength != right.squaredLength { return left.squaredLength < right.squaredLength }
    if abs(a) != abs(b) { return abs(a) < abs(b) }
    if a != b { return a > b }
    return !left.isSine && right.isSine
  }
}
