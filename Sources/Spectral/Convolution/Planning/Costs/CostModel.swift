/// The seconds that units of work take on a machine, for one precision and number of threads.
///
/// The predicted time of a convolution is Σ amount·seconds over the quantities that its method spends: linear in the
/// constants, each of which means something and is never negative.
public struct CostModel: Codable, Equatable, Sendable {
  /// The seconds of a unit at the knots of each quantity.
  let seconds: [CostQuantity: [Double]]

  /// States the seconds of a unit at the knots of each quantity.
  package init(seconds: [CostQuantity: [Double]]) { self.seconds = seconds }

  /// Whether every quantity has as many seconds as knots, all of them numbers that are possible.
  public var isValid: Bool {
    CostQuantity.allCases.allSatisfy { quantity in
      guard let values = seconds[quantity], values.count == quantity.knots.count else { return false }
      return values.allSatisfy { $0.isFinite && $0 >= 0 }
    }
  }

  /// The seconds of a unit.
  public func seconds(of quantity: CostQuantity, at size: Double = 1) -> Double {
    let values = seconds[quantity]!
    return quantity.weights(at: size).reduce(0) { $0 + values[$1.knot] * $1.weight }
  }

  /// The seconds that work takes.
  public func seconds(of profile: CostProfile) -> Double {
    profile.items.reduce(0) { $0 + $1.amount * seconds(of: $1.quantity, at: $1.size) }
  }
}

extension CostModel {
  /// The seconds of a multiply-add where the machine is at its best: what a roofline is drawn from.
  var fastestMultiplyAdd: Double {
    [CostQuantity.direct, .directBank, .matrixProduct].flatMap { seconds[$0]! }.min()!
  }
}
