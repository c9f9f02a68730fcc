import Experiments

/// The time that a comparison will still take, by what its models have taken so far.
struct TimeForecast {
  private var left: [String: Int] = [:]
  private var done: [String: (count: Int, seconds: Double)] = [:]

  /// Counts the units that a checkpoint leaves to do.
  init(_ comparison: Comparison, from checkpoint: ComparisonCheckpoint) {
    for arena in comparison.arenas where checkpoint.tables[arena.label] == nil {
      for contender in arena.contenders { left[contender.name, default: 0] += arena.splits.count }
      for record in checkpoint.records[arena.label] ?? [] { left[record.result.model, default: 0] -= 1 }
    }
  }

  /// Notes a unit that took so long.
  mutating func enter(_ model: String, seconds: Double) {
    left[model, default: 1] -= 1
    done[model, default: (0, 0)].count += 1
    done[model, default: (0, 0)].seconds += seconds
  }

  /// The seconds that are left: a model of which no unit is done is taken for one like the others, and as much is computed
  /// at a time as so far.
  ///
  /// - Parameter elapsed: The seconds since the beginning.
  /// - Returns: The seconds that are left; 0 as long as nothing is known.
  func secondsLeft(after elapsed: Double) -> Double {
    let (count, seconds) = done.values.reduce((0, 0.0)) { ($0.0 + $1.count, $0.1 + $1.seconds) }
    guard count > 0, seconds > 0 else { return 0 }
    let work = left.reduce(0.0) { sum, item in
      let own = done[item.key].map { $0.seconds / Double($0.count) } ?? seconds / Double(count)
      return sum + Double(item.value) * own
    }
    return work * elapsed / seconds
  }
}
