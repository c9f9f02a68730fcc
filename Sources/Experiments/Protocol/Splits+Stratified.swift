import Datasets
import Tensors

/// Divides images class by class, each class in the same proportion.
struct StratifiedDivision {
  let images: [[Int]]
  let shares: [Double]

  init(_ dataset: Dataset, images: [Int], parts: [DivisionPart]) throws {
    var byClass = [[Int]](repeating: [], count: dataset.classes.count)
    for image in images { byClass[dataset.labels[image]].append(image) }
    for (name, members) in zip(dataset.classes, byClass) where members.count < parts.count {
      throw InputError(
        dataset.name,
        "class '\(name)' has \(members.count) \(members.count == 1 ? "image" : "images") to divide into "
          + "\(parts.names), expected at least \(parts.count)",
        remedy: "Add images of the class, leave it out, or divide into fewer parts.")
    }
    self.images = byClass
    shares = parts.map(\.share)
  }

  func draw(from stream: RandomStream) -> [[Int]] {
    var parts = [[Int]](repeating: [], count: shares.count)
    for (label, members) in images.enumerated() {
      var own = stream.split(label)
      var rest = members.shuffled(using: &own)[...]
      for (part, size) in Self.sizes(of: members.count, shares: shares).enumerated() {
        parts[part] += rest.prefix(size)
        rest = rest.dropFirst(size)
      }
    }
    return parts
  }

  /// Whole numbers with the given sum in the given proportion, by largest remainders, none of them 0.
  ///
  /// Each is within 1 of its share, but for parts that would be empty and take one image from the largest.
  static func sizes(of total: Int, shares: [Double]) -> [Int] {
    let exact = shares.map { $0 * Double(total) }
    var sizes = exact.map { Int($0 + 1e-9) }
    let byRemainder = shares.indices.sorted { exact[$0] - Double(sizes[$0]) > exact[$1] - Double(sizes[$1]) }
    for part in byRemainder.prefix(total - sizes.reduce(0, +)) { sizes[part] += 1 }
    while let empty = sizes.firstIndex(of: 0), let largest = sizes.indices.max(by: { sizes[$0] < sizes[$1] }) {
      sizes[largest] -= 1
      sizes[empty] += 1
    }
    return sizes
  }
}
