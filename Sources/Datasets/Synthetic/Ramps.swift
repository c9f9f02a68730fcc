public import Tensors

/// Uneven illumination: a smooth polynomial field over a grainy specimen.
///
/// The field is Σ cᵢⱼ·Pᵢ(x)·Pⱼ(y) over 1 ≤ i + j ≤ 4 with Legendre polynomials on −1…1 and normal coefficients of
/// standard deviation spread/(i + j). The class shifts the mean along one aberration: tilt along x, tilt along y, bowl
/// (P₂(x) + P₂(y))/√2, or saddle P₁(x)·P₁(y).
public struct Ramps: SyntheticFamily {
  /// The standard deviation of the coefficients of first degree, as contrast at the border.
  public var spread = 0.12
  /// The shift of the class's own term in standard deviations of its coefficient.
  public var separation = 2.2
  /// The root mean square contrast of the grain, independent from pixel to pixel before the blur.
  public var grain = 0.2

  /// The family with its default parameters.
  public init() {}

  /// `ramps`.
  public static let name = "ramps"
  /// Polynomials should win.
  public static let hypothesis =
    "the classes differ in smooth fields without period, so the first polynomials should beat every other fixed model "
    + "and every learned one."
  /// What the images show.
  public static let summary = "Smooth fields of illumination over a grainy specimen."
  /// The aberration that each class has more of.
  public static let classes = ["tilt x", "tilt y", "bowl", "saddle"]

  /// The numbers that can be set.
  public static let parameters: [Parameter<Ramps>] = [
    Parameter(
      "spread", unit: "1", in: 0...1, \.spread,
      "standard deviation of the coefficients of degree 1, as contrast; of degree d, a d-th of it"),
    Parameter(
      "separation", unit: "standard deviations", in: 0...10, \.separation, "shift of the class's own coefficient"),
    Parameter("grain", unit: "1", in: 0...1, \.grain, "root mean square contrast of the grain before the blur"),
  ]

  private static let degree = 4

  /// Draws the field and the grain.
  public func draw(label: Int, into scene: inout Scene, from stream: inout RandomStream) {
    let half = Double(scene.size) / 2
    func coordinate(_ index: Int) -> Double { index.centre / half - 1 }
    for i in 0...Self.degree {
      for j in 0...Self.degree - i where i + j >= 1 {
        let deviation = spread / Double(i + j)
        let coefficient = deviation * (stream.normal() + separation * Self.share(of: label, x: i, y: j))
        scene.addProduct(
          { coefficient * Self.legendre(j, coordinate($0)) }, { Self.legendre(i, coordinate($0)) })
      }
    }
    for index in scene.contrast.indices { scene.contrast[index] += grain * stream.normal() }
  }

  /// How much of the class's aberration lies on the term Pᵢ(x)·Pⱼ(y).
  private static func share(of label: Int, x i: Int, y j: Int) -> Double {
    switch (label, i, j) {
    case (0, 1, 0), (1, 0, 1), (3, 1, 1): 1
    case (2, 2, 0), (2, 0, 2): 0.5.squareRoot()
    default: 0
    }
  }

  /// The Legendre polynomial of degree n, by Bonnet's recursion.
  package static func legendre(_ n: Int, _ x: Double) -> Double {
    var (previous, current) = (0.0, 1.0)
    for k in 0..<n {
      (previous, current) = (current, (Double(2 * k + 1) * x * current - Double(k) * previous) / Double(k + 1))
    }
    return current
  }
}
