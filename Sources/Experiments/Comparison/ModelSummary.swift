/// One model's line in the table of a data set.
///
/// A document has the measure of the family under its own name, as `accuracy` and `validationAccuracy` of classes.
public struct ModelSummary: Sendable {
  /// The model.
  public let model: String
  /// The side that it stands on.
  public let side: Side
  /// What it explains.
  public let family: ModelFamily
  /// The mean measure on the validation images of the chosen candidates.
  public let validation: Double
  /// The measure on the test images.
  public let score: Estimate
  /// All scores on the test images, averaged over repeats.
  public let means: Score
  /// The size of the model.
  public let cost: ModelCost
  /// Mean wall seconds for one repeat's fits of all trials.
  public let fitSeconds: Double
  /// The test of a model whose labels were dealt anew; `nil` for all others.
  public let chance: ChanceVerdict?
  /// The settings that were tried, in words; `nil` in runs of earlier versions.
  public let searchSpace: String?
  /// The chosen setting of each repeat.
  public let settings: [String]
  /// What the reader must know.
  public let remarks: [String]
}

extension ModelSummary: Codable {
  /// Reads a line of any family.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: DocumentKey.self)
    family = try ModelFamily(ofKeysIn: values)
    var means = Score()
    for (name, path) in Score.fields where name != family.measure {
      means[keyPath: path] = try values.decodeIfPresent(Double.self, forKey: DocumentKey(name))
    }
    self.means = means
    validation = try values.decode(Double.self, forKey: DocumentKey(family.validationMeasure))
    score = try values.decode(Estimate.self, forKey: DocumentKey(family.measure))
    model = try values.decode(String.self, forKey: "model")
    side = try values.decode(Side.self, forKey: "side")
    cost = try values.decode(ModelCost.self, forKey: "cost")
    fitSeconds = try values.decode(Double.self, forKey: "fitSeconds")
    chance = try values.decodeIfPresent(ChanceVerdict.self, forKey: "chance")
    searchSpace = try values.decodeIfPresent(String.self, forKey: "searchSpace")
    settings = try values.decode([String].self, forKey: "settings")
    remarks = try values.decode([String].self, forKey: "remarks")
  }

  /// Writes a line.
  public func encode(to encoder: any Encoder) throws {
    var values = encoder.container(keyedBy: DocumentKey.self)
    try values.encode(model, forKey: "model")
    try values.encode(side, forKey: "side")
    try values.encode(validation, forKey: DocumentKey(family.validationMeasure))
    try values.encode(score, forKey: DocumentKey(family.measure))
    for (name, path) in Score.fields where name != family.measure {
      try values.encodeIfPresent(means[keyPath: path], forKey: DocumentKey(name))
    }
    try values.encode(cost, forKey: "cost")
    try values.encode(fitSeconds, forKey: "fitSeconds")
    try values.encodeIfPresent(chance, forKey: "chance")
    try values.encodeIfPresent(searchSpace, forKey: "searchSpace")
    try values.encode(settings, forKey: "settings")
    try values.encode(remarks, forKey: "remarks")
  }
}

/// The name of a value in a document, which depends on the family.
struct DocumentKey: CodingKey, ExpressibleByStringLiteral {
  let stringValue: String
  var intValue: Int? { nil }

  init(_ name: String) { stringValue = name }
  init(stringLiteral name: String) { stringValue = name }
  init?(stringValue: String) { self.stringValue = stringValue }
  init?(intValue: Int) { nil }
}

extension ModelFamily {
  /// `validationAccuracy` for `accuracy`.
  var validationMeasure: String { "validation" + measure.prefix(1).uppercased() + measure.dropFirst() }

  /// The family whose measure a document has.
  init(ofKeysIn values: KeyedDecodingContainer<DocumentKey>) throws {
    guard let family = Self.allCases.first(where: { values.contains(DocumentKey($0.measure)) }) else {
      throw DecodingError.keyNotFound(
        DocumentKey(Self.multinomial.measure), .init(codingPath: values.codingPath, debugDescription: "no measure"))
    }
    self = family
  }
}
