/// A measured time and what was done in it.
public struct CostSample: Sendable {
  let profile: CostProfile
  let seconds: Double
  let weight: Double

  /// States a measurement.
  ///
  /// - Parameters:
  ///   - profile: What was done.
  ///   - seconds: How long it took.
  ///   - weight: How much the relative error of its prediction matters.
  public init(_ profile: CostProfile, seconds: Double, weight: Double = 1) {
    self.profile = profile
    self.seconds = seconds
    self.weight = weight
  }
}
