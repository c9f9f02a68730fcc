/// What models of one comparison are made equal in.
public enum Currency: String, Codable, Sendable, CaseIterable {
  /// Trainable numbers.
  case parameters
  /// Uses of trainable weights and biases for one image.
  case links
  /// Multiply-adds of one prediction.
  case operations
}

extension ModelCost {
  /// The size in one currency.
  public func amount(in currency: Currency) -> Int {
    switch currency {
    case .parameters: parameters
    case .links: links
    case .operations: operations
    }
  }
}

/// The size that models are made to come near to.
struct Budget: Equatable, Sendable {
  /// The largest relative distance of a model that counts as matched.
  static let tolerance = 0.02

  let currency: Currency
  let amount: Int

  /// How far a size is away, relatively; negative below the budget.
  func excess(_ cost: ModelCost) -> Double { Double(cost.amount(in: currency)) / Double(amount) - 1 }

  /// Whether a size counts as matched.
  func isMet(by cost: ModelCost) -> Bool { abs(excess(cost)) <= Self.tolerance }

  /// `2,276 parameters`.
  func words(_ amount: Int) -> String { "\(amount.groupedDigits) \(currency.rawValue)" }

  /// A size and how far it is away: `260 parameters, 88.6 % below the budget`.
  func distance(_ cost: ModelCost) -> String {
    let percent = ComparisonTable.decimal(abs(excess(cost)) * 100, 1)
    return "\(words(cost.amount(in: currency))), \(percent) % \(excess(cost) < 0 ? "below" : "above") the budget"
  }
}
