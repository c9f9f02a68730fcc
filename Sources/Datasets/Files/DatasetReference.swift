public import Foundation
public import Tensors

/// What a user names as a data set: a family of synthetic images, or a file.
public enum DatasetReference: Sendable {
  /// A family that is built in, with its default parameters.
  case synthetic(any SyntheticFamily)
  /// An NPZ file.
  case file(URL)

  /// Reads what a user typed: the name of a family, or a path that ends in `.npz` or has a folder in it.
  ///
  /// - Parameter text: What was typed.
  /// - Throws: `InputError` for a name that is neither, with the nearest one.
  public init(parsing text: String) throws {
    if text.lowercased().hasSuffix(".npz") || text.contains("/") {
      self = .file(URL(fileURLWithPath: text))
      return
    }
    guard let family = SyntheticFamilies.all.first(where: { type(of: $0).name == text }) else {
      throw Suggestion.unknown(text, kind: "data set", accepted: SyntheticFamilies.names + ["FILE.npz"])
    }
    self = .synthetic(family)
  }

  /// What the data set is called.
  public var name: String {
    switch self {
    case .synthetic(let family): type(of: family).name
    case .file(let url): url.deletingPathExtension().lastPathComponent
    }
  }

  /// The data set itself.
  ///
  /// - Parameters:
  ///   - count: The number of images of a synthetic family; a file has its own.
  ///   - groups: The array of a file that says what belongs together; a synthetic family has no groups.
  ///   - pixels: Whether the 8-bit images of a file are scaled to 0…1.
  ///   - labels: What the labels of a file are taken for; those of a synthetic family are classes.
  ///   - stream: Where the chance of a synthetic family comes from.
  /// - Returns: The data set.
  /// - Throws: `InputError` where the file cannot be used, or where groups or numbers are chosen for a synthetic family.
  public func load(
    count: Int, groups: GroupSelection? = nil, pixels: PixelScaling, labels: LabelReading = .automatic,
    from stream: RandomStream
  ) throws -> Dataset {
    switch self {
    case .file(let url): return try Dataset(npz: url, groups: groups, pixels: pixels, labels: labels)
    case .synthetic(let family):
      let name = type(of: family).name
      if let groups { throw InputError(name, "synthetic images have no groups, but '\(groups)' was chosen") }
      if labels == .numbers { throw InputError(name, "its images have classes, expected a number for each") }
      return try family.makeDataset(count: count, from: stream)
    }
  }

  /// The images that a network is trained on or applied to, with pixels as they are in the file.
  ///
  /// - Parameters:
  ///   - count: The number of images of a synthetic family; a file has its own.
  ///   - groups: The array of a file that says what belongs together; a synthetic family has no groups.
  ///   - stream: Where the chance of a synthetic family comes from.
  /// - Returns: The images.
  /// - Throws: `InputError` where the file cannot be used, or where groups are chosen for a synthetic family.
  public func loadImages(
    count: Int, groups: GroupSelection? = nil, from stream: RandomStream
  ) throws -> ImageCollection {
    if case .file(let url) = self { return try ImageCollection(npz: url, groups: groups) }
    return ImageCollection(try load(count: count, groups: groups, pixels: .asStored, from: stream))
  }
}
