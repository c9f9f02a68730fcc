import Foundation

/// The training-set size from which on the best learned model is ahead of the best fixed one.
///
/// Both are named at each size by validation accuracy. The lead is interpolated linearly in the logarithm of the size between
/// the largest size at which it is not positive and the next. The interval is that between the 2.5 and 97.5 percentiles of
/// the same size in every replicate of the two-way bootstrap, which draws the same repeats and test images for all sizes.
public struct Crossover: Codable, Sendable, Equatable {
  /// A training-set size, as far as the learning curve reaches.
  public enum Size: Codable, Sendable, Equatable {
    /// Less than the smallest size: learned is ahead all along.
    case below(Int)
    /// Between two sizes.
    case at(Int)
    /// More than the largest size: learned is not ahead there.
    case above(Int)

    /// `fewer than 100`, `420`, `more than 1,920`.
    public var words: String {
      switch self {
      case .below(let size): "fewer than \(size.groupedDigits)"
      case .at(let size): size.groupedDigits
      case .above(let size): "more than \(size.groupedDigits)"
      }
    }
  }

  /// The data set.
  public let dataset: String
  /// The size.
  public let size: Size
  /// The lower end of its 95 % interval.
  public let lower: Size
  /// The upper end of its 95 % interval.
  public let upper: Size

  /// The finding in one sentence.
  public var sentence: String {
    let interval =
      lower == upper ? "the same at both ends of the 95 % interval" : "95 % interval \(lower.words) … \(upper.words)"
    return switch size {
    case .below, .at: "learned overtakes fixed at \(size.words) training images (\(interval))"
    case .above(let most):
      "learned does not overtake fixed up to \(most.groupedDigits) training images (\(interval))"
    }
  }

  /// The findings of all data sets with several sizes.
  static func all(_ tables: [TableResult]) -> [Crossover] {
    let names = tables.map(\.dataset).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return names.compactMap { name in
      Crossover(
        name,
        tables.filter { $0.dataset == name && !$0.draws.isEmpty }.compactMap { table in
          table.difference.map { (table.counts[0], $0.difference.mean, table.draws) }
        })
    }
  }

  /// Finds the size.
  ///
  /// - Parameters:
  ///   - dataset: The data set.
  ///   - curve: At each size the lead of learned over fixed, and its replicates; `nil` comes of fewer than two sizes.
  package init?(_ dataset: String, _ curve: [(size: Int, lead: Double, draws: [Double])]) {
    let curve = curve.sorted { $0.size < $1.size }
    guard curve.count > 1, let replicates = curve.map(\.draws.count).min(), replicates > 0 else { return nil }
    let sizes = curve.map(\.size)
    let found = (0..<replicates).map { draw in Self.crossing(sizes, curve.map { $0.draws[draw] }) }.sorted()
    func size(_ value: Double) -> Size {
      value < 0 ? .below(sizes[0]) : value.isInfinite ? .above(sizes[sizes.count - 1]) : .at(Int(value.rounded()))
    }
    self.dataset = dataset
    self.size = size(Self.crossing(sizes, curve.map(\.lead)))
    lower = size(found[Int((0.025 * Double(replicates - 1)).rounded(.down))])
    upper = size(found[Int((0.975 * Double(replicates - 1)).rounded(.up))])
  }

  /// The size from which on the lead is positive: −∞ where it always is, ∞ where it is not at the end.
  private static func crossing(_ sizes: [Int], _ leads: [Double]) -> Double {
    guard let last = leads.lastIndex(where: { $0 <= 0 }) else { return -.infinity }
    guard last + 1 < sizes.count else { return .infinity }
    let (low, high) = (Double(sizes[last]), Double(sizes[last + 1]))
    return low * pow(high / low, -leads[last] / (leads[last + 1] - leads[last]))
  }
}
