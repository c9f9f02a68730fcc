/// How much of each ``CostQuantity`` some work takes.
public struct CostProfile: Sendable {
  struct Item: Sendable {
    let quantity: CostQuantity
    let size: Double
    let amount: Double
  }

  private(set) var items: [Item] = []

  /// Adds some of a quantity.
  ///
  /// - Parameters:
  ///   - quantity: What is spent.
  ///   - size: What the seconds of a unit depend on.
  ///   - amount: The units, divided by the number of threads that share them evenly.
  mutating func add(_ quantity: CostQuantity, at size: Double = 1, _ amount: Double = 1) {
    guard amount > 0 else { return }
    items.append(Item(quantity: quantity, size: size, amount: amount))
  }

  /// Adds all of another profile, many times.
  mutating func add(_ other: CostProfile, times count: Double) {
    items += other.items.map { Item(quantity: $0.quantity, size: $0.size, amount: $0.amount * count) }
  }
}
