/// Which input planes each filter of a convolution sees.
public struct ConnectionTable: Hashable, Sendable {
  /// The planes that each filter sees, in ascending order.
  public let planes: [[Int]]

  /// Creates a table.
  ///
  /// - Parameter planes: For each filter the input planes that it sees, at least one, none twice.
  public init(_ planes: [[Int]]) {
    self.planes = planes.map { $0.sorted() }
    for row in self.planes {
      precondition(!row.isEmpty && Set(row).count == row.count, "expected planes, none twice, got \(row)")
    }
  }

  /// The table in which filter f sees `width` neighbouring planes from plane f on, round and round.
  ///
  /// - Parameters:
  ///   - filters: The number of filters.
  ///   - planes: The number of input planes.
  ///   - width: The number of planes that a filter sees.
  /// - Returns: The table.
  public static func circular(filters: Int, planes: Int, width: Int) -> ConnectionTable {
    ConnectionTable((0..<filters).map { filter in (0..<width).map { (filter + $0) % planes } })
  }

  /// The number of pairs of a filter and a plane.
  public var count: Int { planes.reduce(0) { $0 + $1.count } }

  /// Where the kernel of each pair lies among those of all pairs of a filter and one of `channels` planes.
  func places(channels: Int) -> [Int] {
    planes.enumerated().flatMap { filter, planes in planes.map { filter * channels + $0 } }
  }
}
