import Tensors

extension Dataset {
  func validate() throws {
    try validateShape()
    try images.requireFinitePixels(place)
    try validateLabels()
    try validateOfficialSplit()
    try validateGroups()
  }

  private var place: String { origin ?? name }

  private func validateShape() throws {
    guard images.rank == 3 || images.rank == 4 else {
      throw InputError(place, "expected images of shape [N, H, W] or [N, C, H, W], found shape \(images.shape)")
    }
    guard channels >= 1 else {
      throw InputError(place, "expected at least 1 channel, found 0 in shape \(images.shape)")
    }
    guard height >= 4 && width >= 4 else {
      throw InputError(
        place, "expected images of at least 4×4 pixels, found \(height)×\(width) in shape \(images.shape)",
        remedy: images.rank == 4 && (1...4).contains(width)
          ? "Channels come second, [N, C, H, W]: in NumPy, X.transpose(0, 3, 1, 2)." : nil)
    }
    guard images.shape[0] == labels.count else {
      throw InputError(
        place, "expected one label per image, found \(images.shape[0]) images and \(labels.count) labels")
    }
  }

  private func validateLabels() throws {
    try validateNumbers()
    guard classes.count >= 2 || numbers != nil else {
      throw InputError(place, "expected at least 2 classes, found \(Self.list(classes))")
    }
    if let twice = classes.first(where: { name in classes.count { $0 == name } > 1 }) {
      throw InputError(place, "two classes are called '\(twice)'")
    }
    guard count >= classes.count else {
      throw InputError(place, "found \(count) images for \(classes.count) classes; every class needs several images")
    }
    if let index = labels.firstIndex(where: { !classes.indices.contains($0) }) {
      throw InputError(place, "image \(index) has label \(labels[index]), expected 0…\(classes.count - 1)")
    }
    if let empty = classCounts.firstIndex(of: 0) {
      throw InputError(
        place, "class '\(classes[empty])' has no image",
        remedy: "Leave its name out of 'classes', or add images of it.")
    }
  }

  private func validateNumbers() throws {
    guard let numbers else { return }
    precondition(numbers.count == count, "expected a number for each of \(count) images, got \(numbers.count)")
    if let index = numbers.firstIndex(where: { !$0.isFinite }) {
      throw InputError(place, "the number of image \(index) is \(numbers[index]), expected a finite one")
    }
    guard Set(numbers[officialTraining]).count > 1 else {
      throw InputError(place, "all images have the same number, \(numbers[0]), so there is nothing to explain")
    }
  }

  private func validateOfficialSplit() throws {
    guard let officialTest else { return }
    guard officialTest.upperBound == count && officialTest.lowerBound > 0 && !officialTest.isEmpty else {
      throw InputError(
        place,
        "expected an official split with training and test images, "
          + "found \(officialTest.lowerBound) and \(officialTest.count)")
    }
    let trained = Set(labels[officialTraining])
    if let missing = classes.indices.first(where: { !trained.contains($0) }) {
      throw InputError(place, "class '\(classes[missing])' occurs in the official test part only")
    }
  }

  private func validateGroups() throws {
    guard let groups else { return }
    guard groups.identifiers.count == count else {
      throw InputError(
        place,
        "groups '\(groups.key)' have \(groups.identifiers.count) entries, expected one for each of \(count) images")
    }
    guard let officialTest else { return }
    let training = Set(groups.identifiers[officialTraining])
    let both = training.intersection(groups.identifiers[officialTest]).sorted()
    guard let first = both.first else { return }
    throw InputError(
      place,
      "\(both.count) \(both.count == 1 ? "group" : "groups") of '\(groups.key)' lie in both the training and the test part, "
        + "the first is '\(groups.names[first])'",
      remedy: "Give every image of a group to one part: images of one source in both make the test score too good.")
  }

  static func list(_ names: [String]) -> String {
    names.isEmpty ? "none" : "\(names.count) (\(names.map { "'\($0)'" }.joined(separator: ", ")))"
  }
}

extension Tensor<Float> {
  /// Refuses images with pixels that are not finite.
  ///
  /// - Parameter place: What an error names first.
  /// - Throws: `InputError` with the number of such pixels and where the first one is.
  func requireFinitePixels(_ place: String) throws {
    let (height, width) = (shape[rank - 2], shape[rank - 1])
    let unusable = withUnsafeBufferPointer { pixels in pixels.indices.filter { !pixels[$0].isFinite } }
    guard let first = unusable.first else { return }
    let pixel = (first % rowStride / width % height, first % width)
    throw InputError(
      place,
      "\(unusable.count) \(unusable.count == 1 ? "pixel is" : "pixels are") NaN or infinite, "
        + "the first in image \(first / rowStride) at row \(pixel.0), column \(pixel.1)",
      remedy: "Remove those images, or replace the pixels.")
  }
}
