/// The score on test images that were perturbed.
public struct PerturbedScore: Codable, Sendable, Equatable {
  /// What was done to them, such as `shift:2`.
  public let perturbation: String
  /// The score.
  public let score: Score
}

/// The accuracy of a model on test images that were perturbed.
public struct PerturbedAccuracy: Codable, Sendable, Equatable {
  /// What was done to them, such as `shift`.
  public let perturbation: String
  /// How strongly, in the unit of the kind.
  public let strength: Double
  /// The model.
  public let model: String
  /// The accuracy.
  public let accuracy: Estimate
}
