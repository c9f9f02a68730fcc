import Numerics
public import Tensors

/// Atomic columns on a square lattice, with one point defect somewhere.
///
/// The lattice lies at a random phase and is turned a little; its columns vary in brightness, and so does the whole
/// image. The classes: no defect; a column that lacks atoms (vacancy); a column of heavier atoms (dopant); a column
/// between four others (interstitial). How strong the defect is varies from half to one and a half times the mean.
public struct Motifs: SyntheticFamily {
  /// The distance between neighbouring columns in pixels.
  public var spacing = 4.0
  /// The standard deviation of the Gaussian profile of a column in pixels.
  public var width = 0.9
  /// The contrast at the centre of a column above its surroundings.
  public var contrast = 2.0
  /// The standard deviation of a column's brightness relative to its mean.
  public var disorder = 0.12
  /// The mean strength of the defect relative to the brightness of a column.
  public var strength = 0.8
  /// The largest angle of the lattice to the rows in radians.
  public var tilt = 0.15
  /// The standard deviation of the brightness of the background.
  public var illumination = 0.1

  /// The family with its default parameters.
  public init() {}

  /// `motifs`.
  public static let name = "motifs"
  /// Learned filters should win.
  public static let hypothesis =
    "the classes differ in a small defect that may be anywhere, on a lattice of random phase, so learned, "
    + "shift-equivariant filters should beat every fixed model and networks without them."
  /// What the images show.
  public static let summary = "Atomic columns on a lattice with one point defect at a random place."
  /// The defects.
  public static let classes = ["perfect", "vacancy", "dopant", "interstitial"]

  /// The numbers that can be set.
  public static let parameters: [Parameter<Motifs>] = [
    Parameter("spacing", unit: "pixels", in: 2...64, \.spacing, "distance between neighbouring columns"),
    Parameter("width", unit: "pixels", in: 0.2...16, \.width, "standard deviation of a column's Gaussian profile"),
    Parameter("contrast", unit: "1", in: 0...20, \.contrast, "contrast at the centre of a column"),
    Parameter("disorder", unit: "1", in: 0...1, \.disorder, "relative standard deviation of a column's brightness"),
    Parameter("strength", unit: "1", in: 0...2, \.strength, "mean strength of the defect relative to a column"),
    Parameter("tilt", unit: "rad", in: 0...0.7854, \.tilt, "largest angle of the lattice to the rows"),
    Parameter("illumination", unit: "1", in: 0...1, \.illumination, "standard deviation of the background"),
  ]

  private enum Defect: Int { case none, vacancy, dopant, interstitial }

  /// Draws the background, the columns and the defect.
  public func draw(label: Int, into scene: inout Scene, from stream: inout RandomStream) {
    let background = illumination * stream.normal()
    scene.add { _, _ in background }
    let lattice = Lattice(
      spacing: spacing, angle: stream.uniform(in: -1..<1) * tilt, phase: (stream.uniform(), stream.uniform()))
    let target = (stream.uniform(), stream.uniform())
    let effect = contrast * strength * stream.uniform(in: 0.5..<1.5)
    for site in lattice.sites(within: scene.coordinates) {
      let height = contrast * max(0, 1 + disorder * stream.normal())
      scene.addGaussian(at: lattice.position(site.0, site.1), height: height, width: width)
    }
    guard let defect = Defect(rawValue: label), defect != .none else { return }
    let place = lattice.nearest(to: inner(target, of: scene), between: defect == .interstitial)
    scene.addGaussian(at: place, height: defect == .vacancy ? -min(effect, contrast) : effect, width: width)
  }

  /// A point of the image away from its border, from two numbers in 0…1.
  private func inner(_ point: (Double, Double), of scene: Scene) -> (Double, Double) {
    let size = Double(scene.size)
    let border = min(0.75 * spacing, size / 4)
    return (border + point.0 * (size - 2 * border), border + point.1 * (size - 2 * border))
  }
}

/// A square lattice of points in the plane.
private struct Lattice {
  let spacing: Double
  let step: (Double, Double)
  let origin: (Double, Double)

  init(spacing: Double, angle: Double, phase: (Double, Double)) {
    self.spacing = spacing
    step = (spacing * Double.cos(angle), spacing * Double.sin(angle))
    origin = (phase.0 * step.0 + phase.1 * step.1, phase.1 * step.0 - phase.0 * step.1)
  }

  /// The row and the column of a point given in lattice coordinates.
  func position(_ i: Double, _ j: Double) -> (Double, Double) {
    (origin.0 + i * step.0 + j * step.1, origin.1 - i * step.1 + j * step.0)
  }

  /// The lattice point nearest to a point, or the centre of the nearest cell.
  func nearest(to point: (Double, Double), between: Bool) -> (Double, Double) {
    let (dy, dx) = (point.0 - origin.0, point.1 - origin.1)
    let square = spacing * spacing
    let (i, j) = ((dy * step.0 - dx * step.1) / square, (dy * step.1 + dx * step.0) / square)
    return between
      ? position(i.rounded(.down) + 0.5, j.rounded(.down) + 0.5) : position(i.rounded(), j.rounded())
  }

  /// The points that lie within a square field or one spacing outside it, in lattice coordinates.
  func sites(within field: Range<Int>) -> [(Double, Double)] {
    let low = Double(field.lowerBound) - spacing
    let high = Double(field.upperBound) + spacing
    let reach = Int((1.5 * (high - low) / spacing).rounded(.up))
    var sites: [(Double, Double)] = []
    for i in -reach...reach {
      for j in -reach...reach {
        let (row, column) = position(Double(i), Double(j))
        if (low..<high).contains(row) && (low..<high).contains(column) { sites.append((Double(i), Double(j))) }
      }
    }
    return sites
  }
}

extension Scene {
  /// Adds a Gaussian spot, cut off at four and a half standard deviations.
  fileprivate mutating func addGaussian(at place: (Double, Double), height: Double, width: Double) {
    let reach = 4.5 * width
    func range(_ centre: Double) -> Range<Int> {
      let first = max(coordinates.lowerBound, Int((centre - reach).rounded(.down)))
      return first..<max(first, min(coordinates.upperBound, Int((centre + reach).rounded(.up))))
    }
    func profile(_ index: Int, _ centre: Double) -> Double {
      let distance = (index.centre - centre) / width
      return Double.exp(-distance * distance / 2)
    }
    let columns = range(place.1)
    let weights = columns.map { height * profile($0, place.1) }
    for row in range(place.0) {
      let factor = profile(row, place.0)
      let start = (row + margin) * extent + margin + columns.lowerBound
      for (offset, weight) in weights.enumerated() { contrast[start + offset] += factor * weight }
    }
  }
}
