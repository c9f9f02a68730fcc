/// The score on test images that were perturbed.
public struct PerturbedScore: Codable, Sendable, Equatable {
  /// What was done to them, such as `shift:2`.
  public let perturbation: String
  /// The score.
  public let score: Score
}

/// The measure of a model on test images that were perturbed; a document has it under the name that its family gives it.
public struct PerturbedEstimate: Sendable, Equatable {
  /// What was done to them, such as `shift`.
  public let perturbation: String
  /// How strongly, in the unit of the kind.
  public let strength: Double
  /// The model.
  public let model: String
  /// What it explains.
  public let family: ModelFamily
  /// The measure.
  public let score: Estimate
}

extension PerturbedEstimate: Codable {
  /// Reads an estimate of any family.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: DocumentKey.self)
    family = try ModelFamily(ofKeysIn: values)
    score = try values.decode(Estimate.self, forKey: DocumentKey(family.measure))
    perturbation = try values.decode(String.self, forKey: "perturbation")
    strength = try values.decode(Double.self, forKey: "strength")
    model = try values.decode(String.self, forKey: "model")
  }

  /// Writes an estimate.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: DocumentKey.self)
    try values.encode(perturbation, forKey: "perturbation")
    try values.encode(strength, forKey: "strength")
    try values.encode(model, forKey: "model")
    try values.encode(score, forKey: DocumentKey(family.measure))
  }
}
