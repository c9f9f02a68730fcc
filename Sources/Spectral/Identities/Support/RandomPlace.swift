package import Tensors

/// A random variable whose values are places (row, column): each of a list of outcomes is equally likely.
package struct RandomPlace {
  private let outcomes: [(row: Int, column: Int)]
  private let size: ImageSize

  /// A random variable of given outcomes.
  ///
  /// - Parameters:
  ///   - outcomes: The places, of which some may be equal.
  ///   - size: What they lie within.
  package init(_ outcomes: [(row: Int, column: Int)], within size: ImageSize) {
    self.outcomes = outcomes
    self.size = size
  }

  /// As many random outcomes as there are places, 256 at most; those near the origin are likelier.
  init(within size: ImageSize, _ stream: RandomStream) {
    var stream = stream
    let outcomes = (0..<min(size.count, 256)).map { _ in
      (
        row: stream.integer(in: 0..<stream.integer(in: 0..<size.height) + 1),
        column: stream.integer(in: 0..<stream.integer(in: 0..<size.width) + 1)
      )
    }
    self.init(outcomes, within: size)
  }

  /// The sum of two independent variables: one outcome for each pair.
  package static func + (left: RandomPlace, right: RandomPlace) -> RandomPlace {
    RandomPlace(
      left.outcomes.flatMap { a in right.outcomes.map { b in (a.row + b.row, a.column + b.column) } },
      within: ImageSize(left.size.height + right.size.height - 1, left.size.width + right.size.width - 1))
  }

  /// The probability of each place, `[H, W]`: the outcomes there, counted, divided by all.
  package func distribution<S: Scalar>() -> Tensor<S> {
    var counts = [Int](repeating: 0, count: size.count)
    for outcome in outcomes { counts[outcome.row * size.width + outcome.column] += 1 }
    return Tensor(counts.map { S($0) / S(outcomes.count) }, shape: [size.height, size.width])
  }
}
