/// Identities that belong together, as a lecture would group them.
public struct IdentityFamily: Sendable {
  /// The heading.
  public let title: String
  /// The identities, the basic ones first.
  public let identities: [Identity]

  init(_ title: String, _ laws: [any Law]) {
    self.title = title
    identities = laws.map(Identity.init)
  }

  /// Every family, from the transform to the layers of a network.
  public static let all = [
    fourierTransform, sampling, convolutionTheorem, convolutionLaws, randomVariables, matrices, layers,
  ]
}
