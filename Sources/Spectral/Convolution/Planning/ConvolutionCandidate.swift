public import Tensors

/// A method as a candidate for some work: what it would take, or why it cannot serve.
public struct ConvolutionCandidate: Sendable {
  /// The method; never ``ConvolutionMethod/automatic``.
  public let method: ConvolutionMethod
  /// What it would take, also where a limit excludes it; `nil` where the method cannot serve.
  public let estimate: ConvolutionEstimate?
  /// Why it is not taken into account; `nil` where it is.
  public let objection: InputError?

  /// Whether ``ConvolutionMethod/automatic`` may choose it.
  public var isEligible: Bool { objection == nil }
}
