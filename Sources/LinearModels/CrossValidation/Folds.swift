public import Tensors

/// A division of rows into folds, each of which is held out once while a model is fitted to the others.
public struct Folds: Sendable, Equatable {
  /// The number of folds.
  public let count: Int
  /// The fold of each row, in `0..<count`.
  public let assignments: [Int]

  /// Takes the division that the caller made.
  ///
  /// - Parameters:
  ///   - rowCount: The number of rows.
  ///   - fold: The fold of a row, in `0..<count`.
  /// - Throws: `InputError` for fewer than two folds, or a fold without rows.
  public init(rowCount: Int, fold: (_ row: Int) -> Int) throws {
    assignments = (0..<rowCount).map(fold)
    count = (assignments.max() ?? -1) + 1
    try validate()
  }

  /// Divides rows by whole groups, with the classes in proportion as well as that allows.
  ///
  /// Groups come in random order, the largest first, and each goes to the fold that brings the numbers of all classes
  /// nearest to equal; without groups each row is its own.
  ///
  /// - Parameters:
  ///   - count: The number of folds, at least 2.
  ///   - labels: The class of each row, or 0 for all rows where there are none.
  ///   - groups: The group of each row, such as the image that it was cut from.
  ///   - stream: Where the chance comes from.
  /// - Throws: `InputError` for fewer than two folds, or fewer groups than folds.
  public init(_ count: Int, labels: [Int], groups: [Int]? = nil, from stream: RandomStream) throws {
    precondition(
      (groups?.count ?? labels.count) == labels.count, "expected \(labels.count) groups, got \(groups?.count ?? 0)")
    var stream = stream
    let members = Self.members(groups ?? Array(labels.indices))
    guard count >= 2 && members.count >= count else {
      throw InputError(
        "folds", "\(members.count) \(groups == nil ? "rows" : "groups") cannot be divided into \(count) folds",
        remedy: "Ask for 2 to \(members.count) folds.")
    }
    let order = stream.permutation(members.count).sorted { members[$0].count > members[$1].count }
    var balance = ClassBalance(folds: count, labels: labels)
    var assignments = [Int](repeating: 0, count: labels.count)
    for index in order {
      let fold = balance.place(members[index].map { labels[$0] })
      for row in members[index] { assignments[row] = fold }
    }
    (self.count, self.assignments) = (count, assignments)
    try validate()
  }

  /// The rows of each group, groups in ascending order of their numbers.
  private static func members(_ groups: [Int]) -> [[Int]] {
    Dictionary(grouping: groups.indices) { groups[$0] }.sorted { $0.key < $1.key }.map(\.value)
  }

  private func validate() throws {
    guard count >= 2 else { throw InputError("folds", "found \(count), expected at least 2") }
    if let row = assignments.firstIndex(where: { $0 < 0 }) {
      throw InputError("folds", "row \(row) is in fold \(assignments[row]), expected 0 to \(count - 1)")
    }
    if let fold = (0..<count).first(where: { !assignments.contains($0) }) {
      throw InputError("folds", "fold \(fold) of \(count) has no rows", remedy: "Use fewer folds.")
    }
  }

  /// The rows outside a fold.
  public func training(_ fold: Int) -> [Int] { assignments.indices.filter { assignments[$0] != fold } }

  /// The rows of a fold.
  public func heldOut(_ fold: Int) -> [Int] { assignments.indices.filter { assignments[$0] == fold } }

  /// Checks that no class has all its rows in one fold, since nothing could be learned about it without that fold.
  func checkClasses(_ labels: [Int]) throws {
    for (label, rows) in Dictionary(grouping: labels.indices, by: { labels[$0] }).sorted(by: { $0.key < $1.key }) {
      let folds = Set(rows.map { assignments[$0] })
      guard folds.count == 1, let fold = folds.first else { continue }
      throw InputError(
        "folds",
        "fold \(fold) holds all \(rows.count) rows of class \(label), so without it the class cannot be learned",
        remedy: "Use folds that share out the class, or leave it out.")
    }
  }
}

/// How many rows of each class each fold has so far.
private struct ClassBalance {
  private var counts: [[Double]]
  private let totals: [Int: Double]
  private let places: [Int: Int]

  init(folds: Int, labels: [Int]) {
    totals = Dictionary(grouping: labels, by: { $0 }).mapValues { Double($0.count) }
    places = Dictionary(uniqueKeysWithValues: totals.keys.sorted().enumerated().map { ($1, $0) })
    counts = [[Double]](repeating: [Double](repeating: 0, count: totals.count), count: folds)
  }

  /// Puts a group of rows into the fold that stays the emptiest of their classes, and returns the fold.
  mutating func place(_ labels: [Int]) -> Int {
    var cost = [Double](repeating: 0, count: counts.count)
    let added = Dictionary(grouping: labels, by: { $0 }).mapValues { Double($0.count) }.sorted { $0.key < $1.key }
    for (label, number) in added {
      let (place, total) = (places[label]!, totals[label]!)
      for fold in counts.indices { cost[fold] += number * (2 * counts[fold][place] + number) / (total * total) }
    }
    let fold = cost.indices.min { (cost[$0], size($0)) < (cost[$1], size($1)) }!
    for (label, number) in added { counts[fold][places[label]!] += number }
    return fold
  }

  private func size(_ fold: Int) -> Double { counts[fold].reduce(0, +) }
}
