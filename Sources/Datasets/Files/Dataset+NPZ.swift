public import Foundation
import Formats
import Tensors

extension Dataset {
  /// Reads a data set from an NPZ file.
  ///
  /// The file holds `X` (`[N, H, W]` or `[N, C, H, W]`) and `y` (`[N]`), or, without those, an official split: `X_train`,
  /// `y_train`, `X_test` and `y_test`. Labels are whole numbers from 0, or text. Labels other
  /// than 0…K−1 are numbered in sorted order and keep their values as names, unless `classes` names them. Groups come
  /// from the chosen array, or else from the first of ``GroupSelection/automaticKeys`` that exists; with an official
  /// split from `KEY_train` and `KEY_test`, or from `KEY` with the training images first. The texts `summary`, `source` and
  /// `licence` are kept where there are any.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - groups: The array that says what belongs together.
  ///   - pixels: Whether 8-bit images are scaled to 0…1.
  ///   - reading: What `y` is taken for.
  /// - Throws: `InputError` naming the file, and the array or image, where something is missing or unfit.
  public init(
    npz url: URL, groups: GroupSelection? = nil, pixels: PixelScaling, labels reading: LabelReading = .classes
  ) throws {
    let reader = try DatasetReader(url)
    let (images, scale, officialTest) = try reader.images(pixels)
    let found = try reader.groups(groups, count: images.shape[0])
    let numbers = try reader.numbers(reading)
    let ranges = numbers.map { NumberRanges($0, officialTest: officialTest, isGrouped: found != nil) }
    let (labels, classes) = try ranges.map { ($0.labels, $0.names) } ?? reader.labels()
    try self.init(
      name: url.deletingPathExtension().lastPathComponent, images: images, labels: labels, classes: classes,
      numbers: numbers, groups: found, officialTest: officialTest, pixelScale: scale,
      origin: url.path, summary: reader.words("summary") ?? "",
      provenance: Provenance(source: reader.words("source"), licence: reader.words("licence", "license")))
  }

  /// Writes an NPZ file that ``init(npz:groups:pixels:)`` reads.
  ///
  /// `X` is float32, `y` and `groups` (the number of each image's group) are int64; an official split is kept.
  ///
  /// - Parameter url: The file, which is replaced where it exists.
  /// - Throws: `InputError` where it cannot be written.
  public func write(npz url: URL) throws {
    var arrays: [(name: String, array: NumPyArray)] = []
    for (part, suffix) in parts {
      arrays.append(("X\(suffix)", NumPyArray(images[rows: part])))
      arrays.append(
        ("y\(suffix)", numbers.map { NumPyArray(Tensor(Array($0[part]))) } ?? NumPyArray(Array(labels[part]))))
      if let groups { arrays.append(("groups\(suffix)", NumPyArray(Array(groups.identifiers[part])))) }
    }
    if numbers == nil { arrays.append(("classes", NumPyArray(classes))) }
    let words = [
      ("summary", summary.isEmpty ? nil : summary), ("source", provenance.source), ("licence", provenance.licence),
    ]
    for case (let name, let text?) in words { arrays.append((name, NumPyArray([text]))) }
    try NPZ.write(arrays, to: url)
  }

  private var parts: [(Range<Int>, String)] {
    guard let officialTest else { return [(0..<count, "")] }
    return [(officialTraining, "_train"), (officialTest, "_test")]
  }
}
