/// Where a lane keeps the values of its items and their gradients; every value starts on a cache line.
struct LaneLayout: Sendable {
  let values: [Int]
  let gradients: [Int]
  let count: Int

  /// Lays out memory for a number of items.
  ///
  /// Values are kept until the backward pass has used them. Gradients live only from one step to the next, so two areas,
  /// used in turn, hold them all.
  ///
  /// - Parameters:
  ///   - valueCounts: The elements of each value, for one item.
  ///   - capacity: The largest number of items.
  ///   - hasGradients: Whether there will be a backward pass.
  init(valueCounts: [Int], capacity: Int, hasGradients: Bool) {
    var end = 0
    func place(_ count: Int) -> Int {
      defer { end += (count * capacity + 15) / 16 * 16 }
      return end
    }
    values = valueCounts.map(place)
    let largest = valueCounts.max() ?? 0
    let areas = hasGradients ? [place(largest), place(largest)] : []
    gradients = areas.isEmpty ? [] : valueCounts.indices.map { areas[$0 % 2] }
    count = end
  }
}
