import Numerics
public import Tensors

/// Interference fringes across the whole field, in one of four directions.
///
/// The class's fringes have a nearly fixed phase. The same four wave vectors also occur in every image with random
/// amplitude and phase (scattering that does not depend on the class), and twelve plane waves from anywhere in the
/// spectrum are in the way.
public struct Gratings: SyntheticFamily {
  /// The mean amplitude of the class's fringes.
  public var amplitude = 0.2
  /// The standard deviation of the phase of the class's fringes in radians.
  public var phaseJitter = 0.7
  /// The root mean square amplitude of the random fringes at each of the four wave vectors.
  public var crosstalk = 0.12
  /// The root mean square contrast of the twelve plane waves together.
  public var clutter = 0.2

  /// The family with its default parameters.
  public init() {}

  /// `gratings`.
  public static let name = "gratings"
  /// Fourier should win.
  public static let hypothesis =
    "the classes differ in a few global frequencies, so the first Fourier atoms should beat every other fixed model "
    + "and every learned one."
  /// What the images show.
  public static let summary = "Interference fringes in four directions among random plane waves."
  /// The angle of the wave vector to the rows.
  public static let classes = ["0°", "45°", "90°", "135°"]

  /// The numbers that can be set.
  public static let parameters: [Parameter<Gratings>] = [
    Parameter("amplitude", unit: "1", in: 0...1, \.amplitude, "mean amplitude of the class's fringes, as contrast"),
    Parameter("phase-jitter", unit: "rad", in: 0...10, \.phaseJitter, "standard deviation of their phase"),
    Parameter(
      "crosstalk", unit: "1", in: 0...1, \.crosstalk,
      "root mean square amplitude of random fringes at each of the four wave vectors"),
    Parameter(
      "clutter", unit: "1", in: 0...1, \.clutter,
      "root mean square contrast of twelve plane waves from the whole spectrum together"),
  ]

  private static let clutterCount = 12

  /// The wave vector of each class in cycles per image, down the rows and along them.
  private static let waveVectors: [(down: Double, along: Double)] = [(0, 3), (2, 2), (3, 0), (-2, 2)]

  /// Draws fringes, crosstalk and clutter.
  public func draw(label: Int, into scene: inout Scene, from stream: inout RandomStream) {
    scene.addWave(Self.waveVectors[label], amplitude: amplitude, phase: phaseJitter * stream.normal())
    for vector in Self.waveVectors {
      scene.addWave(
        vector, inPhase: crosstalk / 2.0.squareRoot() * stream.normal(),
        inQuadrature: crosstalk / 2.0.squareRoot() * stream.normal())
    }
    let scale = clutter / Double(Self.clutterCount).squareRoot()
    let nyquist = Double(scene.size) / 2
    for _ in 0..<Self.clutterCount {
      let vector = (stream.uniform(in: -nyquist..<nyquist), stream.uniform(in: -nyquist..<nyquist))
      scene.addWave(vector, inPhase: scale * stream.normal(), inQuadrature: scale * stream.normal())
    }
  }
}

extension Scene {
  /// Adds amplitude · cos(2π(u·row + v·column)/size + phase).
  mutating func addWave(_ vector: (down: Double, along: Double), amplitude: Double, phase: Double) {
    addWave(vector, inPhase: amplitude * Double.cos(phase), inQuadrature: -amplitude * Double.sin(phase))
  }

  /// Adds a·cos(θ) + b·sin(θ) with θ = 2π(u·row + v·column)/size, the centre of the first pixel at ½.
  mutating func addWave(_ vector: (down: Double, along: Double), inPhase a: Double, inQuadrature b: Double) {
    let rows = phases(vector.down)
    let columns = phases(vector.along).map { (a * $0.cos + b * $0.sin, b * $0.cos - a * $0.sin) }
    var index = 0
    for row in rows {
      for column in columns {
        contrast[index] += row.cos * column.0 + row.sin * column.1
        index += 1
      }
    }
  }

  /// Cosine and sine of 2π·frequency·x/size at the centres of the pixels, by repeated rotation.
  private func phases(_ frequency: Double) -> [(cos: Double, sin: Double)] {
    let step = 2 * Double.pi * frequency / Double(size)
    let (turnCosine, turnSine) = (Double.cos(step), Double.sin(step))
    let start = step * coordinates.lowerBound.centre
    var current = (cos: Double.cos(start), sin: Double.sin(start))
    return coordinates.map { _ in
      defer {
        current = (
          current.cos * turnCosine - current.sin * turnSine, current.sin * turnCosine + current.cos * turnSine
        )
      }
      return current
    }
  }
}

extension Int {
  /// Where the centre of the pixel with this row or column lies, in pixels from the image's border.
  var centre: Double { Double(self) + 0.5 }
}
