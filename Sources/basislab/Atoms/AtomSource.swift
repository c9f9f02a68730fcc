import ArgumentParser
import Datasets
import Spectral
import Tensors

/// The options that name a basis and its size.
struct AtomSource: ParsableArguments {
  @Option(help: "The name of the basis.")
  var basis: String?

  @Option(
    help: ArgumentHelp(
      "The size of the atoms: 16, or 12x20 for 12 rows of 20 columns (default: 16, or that of the data set).",
      valueName: "size"))
  var size: String?

  @Option(
    help: ArgumentHelp(
      "The images that pca and zca are fitted to: a built-in family or an NPZ file, its official test part excepted.",
      valueName: "name|file.npz"))
  var dataset: String?

  @Option(help: "What decides the atoms of 'random', and the images of a built-in family.")
  var seed: UInt64 = 1

  /// The longest side of an atom.
  private static let longestSide = 1024

  func validate() throws {
    guard let basis, BasisCatalog.names.contains(basis) else { return }
    if BasisCatalog.needsTraining(basis) && dataset == nil {
      throw ValidationError(
        "--basis: '\(basis)' is fitted to images, and there are none. Name them with --dataset FILE.npz.")
    }
    if !BasisCatalog.needsTraining(basis) && dataset != nil {
      throw ValidationError("--dataset: '\(basis)' is fixed and not fitted to images; leave --dataset out")
    }
  }

  /// The basis where it needs no data; `nil` for one that is fitted.
  func fixedBasis() throws -> (any Basis)? {
    guard let basis else { return nil }
    guard let dataset else {
      let size = try parsedSize ?? ImageSize(parsing: "16x16")
      return try BasisCatalog.basis(
        named: basis, height: size.height, width: size.width, random: RandomStream(seed: seed))
    }
    _ = try (DatasetReference(parsing: dataset), parsedSize)
    return nil
  }

  /// The basis, and what it was fitted to.
  func load() throws -> (basis: any Basis, origin: String?) {
    if let basis = try fixedBasis() { return (basis, nil) }
    let data = try DatasetReference(parsing: dataset ?? "").load(
      count: SyntheticFamilies.defaultCount, pixels: .unitRange, from: RandomStream(seed: seed))
    if let size = try parsedSize, (size.height, size.width) != (data.height, data.width) {
      throw InputError(
        "--size", "found \(size.height)×\(size.width), but the images of \(data.name) are \(data.height)×\(data.width)",
        remedy: "Leave --size out.")
    }
    let training = data.images.reshaped([data.count, data.images.rowStride])[rows: data.officialTraining]
    let images = training.reshaped([-1, data.height, data.width]).map { Double($0) }
    let basis = try BasisCatalog.basis(
      named: basis ?? "", height: data.height, width: data.width, random: RandomStream(seed: seed), training: images)
    return (basis, "fitted to \(images.shape[0]) images of \(data.name)")
  }

  /// The size that was typed; `nil` where none was.
  var parsedSize: ImageSize? {
    get throws {
      guard let text = size else { return nil }
      let size = try ImageSize(parsing: Int(text) == nil ? text : "\(text)x\(text)")
      guard max(size.height, size.width) <= Self.longestSide else {
        throw InputError("--size", "expected sides of 1 to \(Self.longestSide), got \(text)")
      }
      return size
    }
  }
}
