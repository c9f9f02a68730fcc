import Foundation

/// What the works of a group show together.
struct GroupSummary: Encodable {
  let title: String
  /// The works that a peer could do.
  let measured: Int
  /// The smallest ratio, and where it is.
  let least: Double
  let leastAt: String
  let geometricMean: Double
  let goal: String
  /// Whether the goal is reached; `nil` without one, or while works of the group are not measured.
  let isMet: Bool?

  /// Summarises the results of a group; `nil` where none of the results belongs to it and has a ratio.
  init?(_ group: WorkGroup, _ results: [DuelResult]) {
    let ratios = results.filter { result in group.works.contains { $0.name == result.work } }
      .compactMap { result in result.ratio.map { (work: result.work, ratio: $0) } }
    guard let least = ratios.min(by: { $0.ratio < $1.ratio }) else { return nil }
    title = group.title
    measured = ratios.count
    (self.least, leastAt) = (least.ratio, least.work)
    geometricMean = exp(ratios.map { log($0.ratio) }.reduce(0, +) / Double(ratios.count))
    goal = group.goal?.description ?? "–"
    isMet = measured < group.works.count ? nil : group.goal?.isMet(least: self.least, mean: geometricMean)
  }

  static let titles = ["group", "works", "least ratio", "geometric mean", "at least", "reached"]

  var cells: [String] {
    [
      title, String(measured), String(format: "%.2f (%@)", least, leastAt), String(format: "%.2f", geometricMean), goal,
      isMet.map { $0 ? "yes" : "no" } ?? "–",
    ]
  }
}
