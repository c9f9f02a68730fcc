import Parallel
public import Tensors

/// A family of made-up images with a question in mind: a model of what is seen, and a hypothesis about who recognises it.
///
/// Every image is drawn from its own random stream, split off by its index, so that the images are the same for any
/// number of threads, and the first images of a larger data set are those of a smaller one.
public protocol SyntheticFamily: Parameterized, Sendable {
  /// The name, as it is typed.
  static var name: String { get }
  /// What the family is expected to show; the data may refute it.
  static var hypothesis: String { get }
  /// What the images show, in a sentence.
  static var summary: String { get }
  /// The names of the classes.
  static var classes: [String] { get }

  /// Creates the family with its default parameters.
  init()

  /// Draws the scene of one image.
  ///
  /// - Parameters:
  ///   - label: The class.
  ///   - scene: A field without contrast, which is filled, its margin included.
  ///   - stream: Where the chance comes from.
  func draw(label: Int, into scene: inout Scene, from stream: inout RandomStream)
}

extension SyntheticFamily {
  /// The numbers of images that a data set of the family may have.
  public static var countRange: ClosedRange<Int> { classes.count...10_000_000 }

  /// The numbers of rows and of columns that an image may have.
  public static var sizeRange: ClosedRange<Int> { 4...1024 }

  /// Makes a data set of the family, its classes in turn.
  ///
  /// - Parameters:
  ///   - count: The number of images, in ``countRange``: at least one per class.
  ///   - size: The number of rows and of columns, in ``sizeRange``.
  ///   - formation: How scenes become images.
  ///   - stream: Where the chance comes from; split by the name of the family, so that one seed serves them all.
  /// - Returns: Images `[count, size, size]` in units of the mean dose, labelled 0, 1, 2, 3, 0, 1, ….
  /// - Throws: `InputError` for a count or a size that is not possible.
  public func makeDataset(
    count: Int, size: Int = 16, formation: ImageFormation = ImageFormation(), from stream: RandomStream
  ) throws -> Dataset {
    try Self.require(size, "size", in: Self.sizeRange, of: "pixels")
    try Self.require(count, "count", in: Self.countRange, of: "images")
    let labels = (0..<count).map { $0 % Self.classes.count }
    var images = Tensor<Float>.zeros([count, size, size])
    let pixels = size * size
    let root = stream.split(Self.name)
    images.withDisjointSlices { slices in
      parallelFor(count) { index in
        let own = root.split(index)
        var (sceneStream, noiseStream) = (own.split("scene"), own.split("noise"))
        var scene = Scene(size: size, margin: formation.margin)
        draw(label: labels[index], into: &scene, from: &sceneStream)
        formation.expose(scene, noise: &noiseStream, into: slices[index * pixels..<(index + 1) * pixels])
      }
    }
    return try Dataset(
      name: Self.name, images: images, labels: labels, classes: Self.classes, summary: Self.datasetSummary,
      provenance: Provenance(source: "made by BasisLab", licence: "CC0"))
  }

  private static func require(_ value: Int, _ name: String, in range: ClosedRange<Int>, of unit: String) throws {
    guard range.contains(value) else {
      throw InputError(name, "expected \(range.lowerBound)…\(range.upperBound) \(unit), got \(value)")
    }
  }

  private static var datasetSummary: String {
    "\(summary) Hypothesis: \(hypothesis)"
  }
}

/// The families that are built in.
public enum SyntheticFamilies {
  /// Each family with its default parameters, in the order of the tables.
  public static let all: [any SyntheticFamily] = [Gratings(), Mosaics(), Ramps(), Motifs()]

  /// The number of images of a family where nobody says how many.
  public static let defaultCount = 3000

  /// The names of the families.
  public static var names: [String] { all.map { type(of: $0).name } }

  /// The family of that name, with its default parameters.
  ///
  /// - Parameter name: One of ``names``.
  /// - Returns: The family.
  /// - Throws: `InputError` for an unknown name, with the nearest one.
  public static func named(_ name: String) throws -> any SyntheticFamily {
    guard let family = all.first(where: { type(of: $0).name == name }) else {
      throw Suggestion.unknown(name, kind: "family of images", accepted: names)
    }
    return family
  }
}
