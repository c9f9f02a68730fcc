/// Which images come from the same source: the same photograph, specimen or column of tiles.
public struct ImageGroups: Sendable, Equatable {
  /// Where the groups come from: the key of the file, with the column where one was chosen, such as `tile_rc:1`.
  public let key: String
  /// The group of each image, `0..<names.count`, numbered in the sorted order of the names.
  public let identifiers: [Int]
  /// The name or number that each group has in the file.
  public let names: [String]

  /// The number of groups.
  public var count: Int { names.count }

  /// Numbers the distinct values in sorted order.
  ///
  /// - Parameters:
  ///   - key: Where the values come from.
  ///   - values: One per image; equal values belong together.
  public init<Value: Hashable & Comparable>(key: String, values: [Value]) {
    let numbering = Numbering(values)
    self.key = key
    identifiers = numbering.indices
    names = numbering.distinct.map { "\($0)" }
  }

  private init(key: String, identifiers: [Int], names: [String]) {
    self.key = key
    self.identifiers = identifiers
    self.names = names
  }

  /// The same groups of images in another order, a permutation.
  func reordered(_ order: [Int]) -> ImageGroups {
    ImageGroups(key: key, identifiers: order.map { identifiers[$0] }, names: names)
  }
}

/// The distinct values of a list in sorted order, and the place of each entry among them.
struct Numbering<Value: Hashable & Comparable> {
  let distinct: [Value]
  let indices: [Int]

  init(_ values: [Value]) {
    distinct = Set(values).sorted()
    let places = Dictionary(uniqueKeysWithValues: distinct.enumerated().map { ($1, $0) })
    indices = values.map { places[$0]! }
  }
}
