import Tensors

extension Dataset {
  /// The same images in another order, with another official split.
  ///
  /// - Parameters:
  ///   - order: The index of the image that comes to each place; a permutation.
  ///   - officialTest: The places of the official test part, the last ones.
  /// - Returns: The data set.
  /// - Throws: `InputError` when a group would lie on both sides of the split.
  public func reordered(_ order: [Int], officialTest: Range<Int>?) throws -> Dataset {
    precondition(order.sorted() == Array(0..<count), "expected a permutation of \(count) images")
    return try Dataset(
      name: name, images: images.gatheringRows(order), labels: order.map { labels[$0] }, classes: classes,
      numbers: numbers.map { numbers in order.map { numbers[$0] } }, groups: groups?.reordered(order),
      officialTest: officialTest, pixelScale: pixelScale, origin: origin,
      summary: summary, provenance: provenance)
  }
}
