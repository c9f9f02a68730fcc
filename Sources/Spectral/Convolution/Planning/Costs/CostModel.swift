/// The seconds that units of work take on a machine, for one precision and number of threads.
///
/// The predicted time of a convolution is Σ amount·seconds over the quantities that its method spends: linear in the
/// constants, each of which means something and is never negative. Where a machine was measured, what that leaves
/// unexplained near the measurements is a factor of it.
public struct CostModel: Codable, Equatable, Sendable {
  /// The seconds of a unit at the knots of each quantity.
  let seconds: [CostQuantity: [Double]]
  /// What they leave unexplained; `nil` where nothing was measured.
  private let residual: CostResidual?

  /// States the seconds of a unit at the knots of each quantity.
  package init(seconds: [CostQuantity: [Double]]) { self.init(seconds, nil) }

  private init(_ seconds: [CostQuantity: [Double]], _ residual: CostResidual?) {
    (self.seconds, self.residual) = (seconds, residual)
  }

  /// The same with what it leaves unexplained of measurements, interpolated.
  ///
  /// - Parameter samples: The measurements that it was fitted to.
  /// - Returns: The model that is right where it was measured.
  public func interpolating(_ samples: [CostSample]) -> CostModel {
    CostModel(seconds, CostResidual(samples, beyond: self))
  }

  /// Whether every quantity has as many seconds as knots, all of them numbers that are possible.
  public var isValid: Bool {
    let isComplete = CostQuantity.allCases.allSatisfy { quantity in
      guard let values = seconds[quantity], values.count == quantity.knots.count else { return false }
      return values.allSatisfy { $0.isFinite && $0 >= 0 }
    }
    return isComplete && residual?.isValid != false
  }

  /// The seconds of a unit.
  public func seconds(of quantity: CostQuantity, at size: Double = 1) -> Double {
    let values = seconds[quantity]!
    return quantity.weights(at: size).reduce(0) { $0 + values[$1.knot] * $1.weight }
  }

  /// The seconds of the quantities that are spent.
  public func seconds(of profile: CostProfile) -> Double {
    profile.items.reduce(0) { $0 + $1.amount * seconds(of: $1.quantity, at: $1.size) }
  }

  /// The seconds that a method takes for work on which it spends these quantities.
  func seconds(of profile: CostProfile, by method: ConvolutionMethod, for work: ConvolutionWork) -> Double {
    seconds(of: profile) * (residual?.factor(of: method, for: work) ?? 1)
  }
}

extension CostModel {
  /// The seconds of a multiply-add where the machine is at its best: what a roofline is drawn from.
  var fastestMultiplyAdd: Double {
    [CostQuantity.direct, .directBank, .matrixProduct].flatMap { seconds[$0]! }.min()!
  }
}
