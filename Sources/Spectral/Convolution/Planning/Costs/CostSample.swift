/// A measured time and what was done in it.
public struct CostSample: Sendable {
  let method: ConvolutionMethod
  let work: ConvolutionWork
  let profile: CostProfile
  let seconds: Double
  let weight: Double

  /// States a measurement.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - work: What was done.
  ///   - profile: What the method spends on it.
  ///   - seconds: How long it took.
  ///   - weight: How much the relative error of its prediction matters: the time of the fastest method over this one's.
  public init(
    _ method: ConvolutionMethod, _ work: ConvolutionWork, _ profile: CostProfile, seconds: Double, weight: Double = 1
  ) {
    self.method = method
    self.work = work
    self.profile = profile
    self.seconds = seconds
    self.weight = weight
  }
}
