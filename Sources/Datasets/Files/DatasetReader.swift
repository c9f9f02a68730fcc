import Formats
import Foundation
import Tensors

/// Finds the parts of a data set in an NPZ archive.
struct DatasetReader {
  let path: String
  let archive: NPZArchive
  let hasOfficialSplit: Bool

  /// Opens a file and finds out how it is divided.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - needsLabels: Whether images without labels are refused.
  /// - Throws: `InputError` naming the array that is missing.
  init(_ url: URL, needsLabels: Bool = true) throws {
    path = url.path
    archive = try NPZ.read(url)
    let (whole, official) =
      needsLabels ? (["X", "y"], ["X_train", "y_train", "X_test", "y_test"]) : (["X"], ["X_train", "X_test"])
    hasOfficialSplit = official.contains(where: archive.contains) && !whole.allSatisfy(archive.contains)
    guard let missing = (hasOfficialSplit ? official : whole).first(where: { !archive.contains($0) }) else { return }
    throw InputError(
      path, "there is no array '\(missing)'; expected \(Self.list(whole)), or \(Self.list(official))",
      remedy: archive.names.isEmpty
        ? "The file holds no arrays." : "It holds: \(archive.names.joined(separator: ", ")).")
  }

  private static func list(_ names: [String]) -> String {
    names.count == 1 ? names[0] : "\(names.dropLast().joined(separator: ", ")) and \(names.last!)"
  }

  /// Whether every image has a label.
  var hasLabels: Bool { (hasOfficialSplit ? ["y_train", "y_test"] : ["y"]).allSatisfy(archive.contains) }

  /// The array of that name, or its training and its test part.
  private func arrays(_ name: String) throws -> [NumPyArray] {
    guard hasOfficialSplit else { return [try archive[name]] }
    return [try archive["\(name)_train"], try archive["\(name)_test"]]
  }

  private func error(_ array: NumPyArray, _ problem: String, remedy: String? = nil) -> InputError {
    InputError(array.origin ?? path, problem, remedy: remedy)
  }

  // MARK: Images

  func images(_ scaling: PixelScaling) throws -> (Tensor<Float>, scale: Float, officialTest: Range<Int>?) {
    let parts = try arrays("X")
    for part in parts where part.rank != 3 && part.rank != 4 {
      throw error(part, "expected images of shape [N, H, W] or [N, C, H, W], found shape \(part.shape)")
    }
    guard let first = parts.first, let last = parts.last else { return (.zeros([0, 4, 4]), 1, nil) }
    guard first.shape.dropFirst() == last.shape.dropFirst() && first.elementType == last.elementType else {
      throw error(
        last,
        "expected images like those for training, \(first.elementType) \(first.shape), "
          + "found \(last.elementType) \(last.shape)")
    }
    let isScaled = scaling == .unitRange && first.elementType == .uint8
    let tensors = try parts.map { try $0.tensor(as: Float.self) }
    let images = isScaled ? Self.joined(tensors).map { $0 / 255 } : Self.joined(tensors)
    return (images, isScaled ? 1 / 255 : 1, hasOfficialSplit ? first.shape[0]..<images.shape[0] : nil)
  }

  private static func joined(_ parts: [Tensor<Float>]) -> Tensor<Float> {
    if parts.count == 1 { return parts[0] }
    let shape = [parts.reduce(0) { $0 + $1.shape[0] }] + parts[0].shape.dropFirst()
    return Tensor(shape: shape) { target in
      var rest = target[...]
      for part in parts {
        part.withUnsafeBufferPointer { source in
          _ = UnsafeMutableBufferPointer(rebasing: rest.prefix(source.count)).initialize(from: source)
        }
        rest = rest.dropFirst(part.count)
      }
    }
  }

  // MARK: Labels

  /// The class of each image and the names of the classes.
  ///
  /// - Parameter classCount: How many classes there are where that is known; then not all of them need have an image.
  /// - Returns: The number of each image's class, and the names.
  /// - Throws: `InputError` where labels are missing or unfit.
  func labels(classCount: Int? = nil) throws -> ([Int], classes: [String]) {
    let parts = try arrays("y")
    for part in parts where part.rank != 1 {
      throw error(part, "expected one label per image, shape [N], found shape \(part.shape)")
    }
    let names = archive.contains("classes") ? try text(of: archive["classes"]) : nil
    if parts.contains(where: { $0.elementType.isText }) {
      return try labels(fromText: parts.flatMap { try text(of: $0) }, names: names)
    }
    let numbers = try parts.flatMap { try wholeNumbers($0) }
    if let classCount, names == nil, numbers.allSatisfy({ $0 < classCount }) {
      return (numbers, (0..<classCount).map(String.init))
    }
    return try labels(fromNumbers: numbers, names: names)
  }

  /// The number of each image; `nil` where `y` is taken for classes.
  ///
  /// - Parameter reading: What `y` is taken for.
  /// - Returns: The numbers, in the order of the images.
  /// - Throws: `InputError` where numbers are missing, or are text.
  func numbers(_ reading: LabelReading) throws -> [Double]? {
    if reading == .classes { return nil }
    let parts = try arrays("y")
    if let text = parts.first(where: \.elementType.isText) {
      guard reading == .numbers else { return nil }
      throw error(text, "holds text, expected a number for each image")
    }
    if let part = parts.first(where: { $0.rank != 1 }) {
      guard reading == .numbers else { return nil }
      throw error(part, "expected one number per image, shape [N], found shape \(part.shape)")
    }
    let numbers = try parts.flatMap { try $0.tensor(as: Double.self).elements }
    return reading == .numbers || numbers.contains { $0 != $0.rounded() } ? numbers : nil
  }

  private func wholeNumbers(_ array: NumPyArray) throws -> [Int] {
    if let values = try? array.tensor(as: Double.self).elements,
      let index = values.firstIndex(where: { $0.isFinite && $0 != $0.rounded() })
    {
      throw error(
        array, "label \(index) is \(values[index]), expected classes: whole numbers from 0, or text",
        remedy: "Numbers with fractions are explained by the gaussian family.")
    }
    let numbers = try array.integers()
    if let index = numbers.firstIndex(where: { $0 < 0 }) {
      throw error(
        array, "label \(index) is \(numbers[index]), expected whole numbers from 0",
        remedy: "Leave out images without a class, or number the classes from 0.")
    }
    return numbers
  }

  private func labels(fromText text: [String], names: [String]?) throws -> ([Int], classes: [String]) {
    let numbering = Numbering(text)
    guard let names else { return (numbering.indices, numbering.distinct) }
    let places = Dictionary(names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    if let stranger = numbering.distinct.first(where: { places[$0] == nil }) {
      throw InputError(path, "label '\(stranger)' is not among 'classes': \(names.joined(separator: ", "))")
    }
    return (text.map { places[$0]! }, names)
  }

  private func labels(fromNumbers numbers: [Int], names: [String]?) throws -> ([Int], classes: [String]) {
    let numbering = Numbering(numbers)
    guard let names else { return (numbering.indices, numbering.distinct.map(String.init)) }
    if numbering.distinct.allSatisfy(names.indices.contains) { return (numbers, names) }
    guard numbering.distinct.count == names.count else {
      throw InputError(
        path,
        "'classes' has \(names.count) names for \(numbering.distinct.count) different labels from "
          + "\(numbering.distinct[0]) to \(numbering.distinct.last!)",
        remedy: "Give one name for each label, in the order of the labels.")
    }
    return (numbering.indices, names)
  }

  // MARK: Words

  /// The text of the first of these arrays that exists; several elements are joined.
  func words(_ names: String...) throws -> String? {
    guard let name = names.first(where: archive.contains) else { return nil }
    let text = try archive[name].strings().joined(separator: " ")
    return text.isEmpty ? nil : text
  }

  private func text(of array: NumPyArray) throws -> [String] {
    array.elementType.isText ? try array.strings() : try array.integers().map(String.init)
  }
}
