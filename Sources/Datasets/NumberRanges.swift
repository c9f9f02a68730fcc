import Foundation

/// The classes that stand for numbers where images are divided in proportion: ranges with about as many images each.
struct NumberRanges {
  /// The number of ranges, where numbers differ enough.
  static let standardCount = 5

  /// The range of each number, from low to high.
  let labels: [Int]
  /// The lowest and the highest number of each range.
  let names: [String]

  /// The ranges by which images with numbers are divided; one for all where there are groups.
  ///
  /// - Parameters:
  ///   - numbers: The number of each image.
  ///   - officialTest: The images that decide nothing.
  ///   - isGrouped: Whether images belong together.
  init(_ numbers: [Double], officialTest: Range<Int>?, isGrouped: Bool) {
    self.init(
      numbers, training: 0..<min(officialTest?.lowerBound ?? numbers.count, numbers.count),
      count: isGrouped ? 1 : Self.standardCount)
  }

  /// Divides numbers, so that every range has numbers of the training part.
  ///
  /// - Parameters:
  ///   - numbers: The numbers, all finite.
  ///   - training: The places of those that decide the ranges.
  ///   - count: The largest number of ranges.
  init(_ numbers: [Double], training: Range<Int>, count: Int) {
    let sorted = numbers[training].sorted()
    let cuts = (1..<max(1, count)).compactMap { part -> Double? in
      guard let low = sorted.first else { return nil }
      let cut = sorted[part * sorted.count / count]
      return cut > low ? cut : nil
    }
    let distinct = cuts.reduce(into: [Double]()) { if $0.last != $1 { $0.append($1) } }
    labels = numbers.map { number in distinct.count { $0 <= number } }
    let members = Dictionary(grouping: zip(labels, numbers)) { $0.0 }.mapValues { $0.map(\.1) }
    let ranges = (0...distinct.count).map { range in
      let own = members[range] ?? []
      return String(format: "%.4g … %.4g", own.min() ?? 0, own.max() ?? 0)
    }
    names = Set(ranges).count == ranges.count ? ranges : ranges.indices.map { "range \($0 + 1) of \(ranges.count)" }
  }
}
