/// A measured time and what was done in it.
public struct CostSample: Sendable {
  let profile: CostProfile
  let seconds: Double

  /// States a measurement.
  public init(_ profile: CostProfile, seconds: Double) {
    self.profile = profile
    self.seconds = seconds
  }
}
