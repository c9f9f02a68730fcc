internal import Numerics
public import Tensors

/// The real orthonormal Fourier basis.
///
/// The frequency k = (k_y, k_x) counts cycles per image; the atoms are √(2/HW)·cos θ and √(2/HW)·sin θ with θ =
/// 2π(k_y·y/H + k_x·x/W), for one k of each pair ±k. Where k and −k are the same bin (each component 0 or half of an
/// even size) there is the cosine alone, 1/√(HW)·cos θ. Every size is accepted. With X̂ = `numpy.fft.rfft2(x)`, the
/// coefficients are √(2/HW)·Re X̂ and −√(2/HW)·Im X̂.
///
/// Order: by |k| in cycles per pixel, (k_y/H)² + (k_x/W)². Ties: smaller |k_y| first, then positive k_y before
/// negative, then cosine before sine. Names: `cos(k_y,k_x)`, `sin(k_y,k_x)`, where k_x ≥ 0 as in the half spectrum of
/// `rfft2`.
public struct FourierBasis: OrthonormalBasis {
  /// `fourier`.
  public let name = "fourier"
  /// H, the number of rows.
  public let height: Int
  /// W, the number of columns.
  public let width: Int
  /// Sparse factors for sides of up to 64 pixels, FFTW's real transform for larger ones.
  public let fastTransform: FastTransform?

  private let waves: Deferred<[FourierWave]>

  /// Creates the basis.
  ///
  /// - Parameters:
  ///   - height: H ≥ 1.
  ///   - width: W ≥ 1.
  public init(height: Int, width: Int) {
    precondition(height >= 1 && width >= 1, "expected a size of at least 1×1, got \(height)×\(width)")
    self.height = height
    self.width = width
    let waves = Deferred { FourierWave.all(height: height, width: width) }
    self.waves = waves
    fastTransform = FastTransform {
      guard max(height, width) <= FactoredTransform.longestDenseSide else {
        return FourierTransform(height: height, width: width, waves: waves.value)
      }
      return FactoredTransform(fourier: waves.value, height: height, width: width)
    }
  }

  /// The constant, `mean`, and one band for each octave of frequency and direction of the stripes: `level 2 rising`.
  ///
  /// Level ℓ holds the frequencies above 2⁻⁽ℓ⁺¹⁾ and up to 2⁻ℓ cycles per pixel, and level 1 all above that. Stripes
  /// within 22.5° of a direction belong to it: `horizontal`, `vertical`, `rising` (/) and `falling` (\\).
  public var bands: [AtomBand] { AtomBand.grouping(waves.value.map(bandName)) }

  /// The names of the first atoms.
  public func atomNames(count: Int) -> [String] {
    checkCount(count)
    return waves.value.prefix(count).map(\.name)
  }

  /// The first atoms, `[M, H, W]`.
  public func atoms(count: Int) -> Tensor<Double> {
    checkCount(count)
    let waves = waves.value.prefix(count)
    let cosines = (0..<pixelCount).map { Double.cos(2 * .pi * phase($0)) }
    let sines = (0..<pixelCount).map { Double.sin(2 * .pi * phase($0)) }
    return Tensor(shape: [count, height, width]) { target in
      var offset = 0
      for wave in waves {
        let amplitude = wave.amplitude(pixelCount: pixelCount)
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

  private func bandName(_ wave: FourierWave) -> String {
    guard wave.squaredLength > 0 else { return "mean" }
    let level = FrequencyBand.level(ofSquared: wave.squaredLength, outOf: pixelCount * pixelCount)
    let (alongY, alongX) = (wave.frequency.y * width, wave.frequency.x * height)
    switch FrequencyBand.orientation(alongY: alongY, alongX: alongX) {
    case .diagonal: return "level \(level) \(alongY > 0 ? "rising" : "falling")"
    case let other: return "level \(level) \(other.rawValue)"
    }
  }
}
