import Numerics
public import Tensors

/// How a scene becomes an image: blur of the optics, counting noise of the dose, noise of the read-out.
///
///     λ = dose · max(0, 1 + (contrast ∗ G_psf)),   pixel = (Poisson(λ) + read-noise · N(0, 1)) / dose
///
/// The blur acts on a field that reaches beyond the image by four standard deviations, so that the borders show no
/// artefact. A pixel of a scene without contrast has mean 1 and standard deviation √(dose + read-noise²) / dose.
public struct ImageFormation: Parameterized, Sendable {
  /// The mean number of electrons or photons per pixel.
  public var dose = 20.0
  /// The standard deviation σ of the Gaussian point-spread function in pixels.
  public var psf = 0.8
  /// The root mean square of the read-out noise in electrons.
  public var readNoise = 1.5

  /// The default: a fast, low-dose exposure with slight defocus.
  public init() {}

  /// Dose, point spread and read-out noise.
  public static let parameters: [Parameter<ImageFormation>] = [
    Parameter(
      "dose", unit: "electrons/pixel", in: 0.01...1e6, \.dose, "mean number of electrons or photons in a pixel"),
    Parameter(
      "psf", unit: "pixels", in: 0...8, \.psf, "standard deviation of the Gaussian point-spread function"),
    Parameter(
      "read-noise", unit: "electrons", in: 0...1e6, \.readNoise, "root mean square of the read-out noise of a pixel"),
  ]

  /// The border that a scene needs, in pixels: four standard deviations of the point spread.
  public var margin: Int { Int((4 * psf).rounded(.up)) }

  /// Forms the image of a scene.
  ///
  /// - Parameters:
  ///   - scene: A scene with a border of ``margin`` pixels.
  ///   - stream: Where the noise comes from.
  ///   - image: Receives size² pixels in row-major order.
  public func expose(
    _ scene: Scene, noise stream: inout RandomStream, into image: UnsafeMutableBufferPointer<Float>
  ) {
    precondition(scene.margin == margin, "expected a margin of \(margin) pixels, got \(scene.margin)")
    precondition(
      image.count == scene.size * scene.size, "expected \(scene.size * scene.size) pixels, got \(image.count)")
    for (index, contrast) in blurred(scene).enumerated() {
      let counts = Double(stream.poisson(mean: dose * max(0, 1 + contrast)))
      image[index] = Float((counts + readNoise * stream.normal()) / dose)
    }
  }

  /// The contrast of the image after the blur, size² numbers.
  package func blurred(_ scene: Scene) -> [Double] {
    let kernel = pointSpread
    let (size, extent) = (scene.size, scene.extent)
    var columns = [Double](repeating: 0, count: size * extent)
    for row in 0..<size {
      for (offset, weight) in kernel.enumerated() {
        for column in 0..<extent {
          columns[row * extent + column] += weight * scene.contrast[(row + offset) * extent + column]
        }
      }
    }
    var result = [Double](repeating: 0, count: size * size)
    for row in 0..<size {
      for (offset, weight) in kernel.enumerated() {
        for column in 0..<size { result[row * size + column] += weight * columns[row * extent + column + offset] }
      }
    }
    return result
  }

  /// The samples of the Gaussian at −margin…margin, with sum 1.
  private var pointSpread: [Double] {
    guard psf > 0 else { return [1] }
    let weights = (-margin...margin).map { Double.exp(-Double($0 * $0) / (2 * psf * psf)) }
    let sum = weights.reduce(0, +)
    return weights.map { $0 / sum }
  }
}
