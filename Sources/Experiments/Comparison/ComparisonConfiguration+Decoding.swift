extension ComparisonConfiguration {
  /// Reads a configuration, also one that an earlier version wrote: what it does not say was not done.
  public init(from decoder: any Decoder) throws {
    let values = try decoder.container(keyedBy: CodingKeys.self)
    self.init(
      dataset: try values.decode([String].self, forKey: .dataset),
      models: try values.decode([String].self, forKey: .models),
      networks: try values.decodeIfPresent([NetworkDescription].self, forKey: .networks),
      family: try values.decodeIfPresent(ModelFamily.self, forKey: .family),
      match: try values.decodeIfPresent(Currency.self, forKey: .match),
      budget: try values.decodeIfPresent(Int.self, forKey: .budget),
      noControls: try values.decodeIfPresent(Bool.self, forKey: .noControls) ?? true,
      splits: try values.decode(Int.self, forKey: .splits),
      folds: try values.decodeIfPresent(Int.self, forKey: .folds),
      trials: try values.decode(Int.self, forKey: .trials),
      epochs: try values.decode(Int.self, forKey: .epochs),
      trainSizes: try values.decode([Double].self, forKey: .trainSizes),
      testFraction: try values.decodeIfPresent(Double.self, forKey: .testFraction),
      refit: try values.decode(Bool.self, forKey: .refit),
      perturb: try values.decodeIfPresent([String].self, forKey: .perturb) ?? [],
      groups: try values.decodeIfPresent(String.self, forKey: .groups),
      count: try values.decode(Int.self, forKey: .count), seed: try values.decode(UInt64.self, forKey: .seed))
  }
}
