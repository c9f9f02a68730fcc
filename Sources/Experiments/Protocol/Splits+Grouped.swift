import Datasets
import Tensors

/// Divides images by whole groups, with the classes in proportion as well as that allows.
///
/// Groups come in random order, and each goes where it brings the numbers of all classes nearest to their shares; of
/// several such assignments the best balanced is taken. The distance is Σ over parts p and classes c of
/// (n_pc/n_c − f_p)²/f_p.
struct GroupedDivision {
  private struct Group {
    var images: [Int] = []
    var counts: [Double]
  }

  private static let attempts = 16

  private let name: String
  private let key: String
  private let classes: [String]
  private let totals: [Double]
  private let groups: [Group]
  private let parts: [DivisionPart]

  init(_ dataset: Dataset, groups source: ImageGroups, images: [Int], parts: [DivisionPart]) throws {
    name = dataset.name
    key = source.key
    classes = dataset.classes
    self.parts = parts
    var groups = [Group](
      repeating: Group(counts: [Double](repeating: 0, count: dataset.classes.count)), count: source.count)
    for image in images {
      groups[source.identifiers[image]].images.append(image)
      groups[source.identifiers[image]].counts[dataset.labels[image]] += 1
    }
    self.groups = groups.filter { !$0.images.isEmpty }
    totals = dataset.classes.indices.map { label in groups.reduce(0) { $0 + $1.counts[label] } }
    try validate()
  }

  private func validate() throws {
    for (label, className) in classes.enumerated() {
      let found = groups.count { $0.counts[label] > 0 }
      guard found < parts.count else { continue }
      throw InputError(
        name,
        "class '\(className)' lies in \(found) \(found == 1 ? "group" : "groups") of '\(key)', but dividing it into "
          + "\(parts.names) needs at least \(parts.count)",
        remedy: "Add images of the class from other sources, or choose other groups.")
    }
  }

  func draw(from stream: RandomStream) throws -> [[Int]] {
    let candidates = (0..<Self.attempts).map { assignment(from: stream.split($0)) }
    let best = candidates.min { $0.distance < $1.distance }!
    if let (part, label) = best.firstGap {
      throw InputError(
        name,
        "no division into \(parts.names) by groups of '\(key)' was found: \(parts[part].name) has no "
          + "image of class '\(classes[label])'", remedy: "Use larger shares, or more groups of that class.")
    }
    return parts.indices.map { part in
      zip(groups, best.parts).flatMap { $1 == part ? $0.images : [] }
    }
  }

  private struct Assignment {
    var parts: [Int]
    var counts: [[Double]]
    var distance = 0.0

    var firstGap: (part: Int, label: Int)? {
      for (part, row) in counts.enumerated() {
        if let label = row.firstIndex(of: 0) { return (part, label) }
      }
      return nil
    }
  }

  private func assignment(from stream: RandomStream) -> Assignment {
    var stream = stream
    var result = Assignment(
      parts: [Int](repeating: 0, count: groups.count),
      counts: [[Double]](repeating: [Double](repeating: 0, count: classes.count), count: parts.count))
    let order = stream.permutation(parts.count)
    for index in stream.permutation(groups.count) {
      let counts = groups[index].counts
      let costs = order.map { cost(of: counts, in: $0, holding: result.counts[$0]) }
      let part = order[costs.indices.min { costs[$0] < costs[$1] }!]
      result.parts[index] = part
      for label in classes.indices { result.counts[part][label] += counts[label] }
    }
    result.distance = distance(result)
    return result
  }

  /// By how much the distance grows when a group joins a part.
  private func cost(of group: [Double], in part: Int, holding: [Double]) -> Double {
    classes.indices.reduce(0) { sum, label in
      let (added, excess) = (group[label], holding[label] - parts[part].share * totals[label])
      return sum + added * (2 * excess + added) / (totals[label] * totals[label] * parts[part].share)
    }
  }

  /// The distance of an assignment; each class that a part lacks counts more than any imbalance.
  private func distance(_ assignment: Assignment) -> Double {
    var sum = 0.0
    for (part, counts) in assignment.counts.enumerated() {
      for (label, count) in counts.enumerated() {
        let deviation = count / totals[label] - parts[part].share
        sum += deviation * deviation / parts[part].share + (count == 0 ? 1e6 : 0)
      }
    }
    return sum
  }
}
