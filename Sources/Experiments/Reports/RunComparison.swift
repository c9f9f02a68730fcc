/// Two runs side by side, model by model.
public struct RunComparison: Encodable, Sendable {
  /// A data set that both runs have a table of.
  public struct Table: Encodable, Sendable {
    /// The label of the data set.
    public let label: String
    /// What models explain.
    public let family: ModelFamily
    /// Whether both runs saw the same images.
    public let hasSameData: Bool
    /// The models of both, in the order of the first run, then those of the second alone.
    public let models: [Model]
  }

  /// A model with its measure in each run.
  public struct Model: Encodable, Sendable {
    /// The name.
    public let model: String
    /// The measure in the first run, where it took part.
    public let first: Estimate?
    /// The measure in the second run, where it took part.
    public let second: Estimate?

    /// The second measure minus the first.
    public var difference: Double? { first.flatMap { first in second.map { $0.mean - first.mean } } }
  }

  /// The name of the first run.
  public let first: String
  /// The name of the second run.
  public let second: String
  /// The options that differ, as sentences.
  public let changes: [String]
  /// The data sets that both have finished.
  public let tables: [Table]

  /// Puts two runs side by side.
  public init(_ first: Run, _ second: Run) {
    self.first = first.name
    self.second = second.name
    changes = ConfigurationChange.between(first.configuration, second.configuration).map(\.description)
    tables = first.parts.compactMap { part in
      guard let one = part.table,
        let match = second.parts.first(where: { $0.label == part.label }), let other = match.table,
        other.family == one.family
      else { return nil }
      let names = one.models.map(\.model) + other.models.map(\.model).filter { !one.models.map(\.model).contains($0) }
      return Table(
        label: part.label, family: one.family, hasSameData: part.dataset.checksum == match.dataset.checksum,
        models: names.map { name in
          Model(
            model: name, first: one.models.first { $0.model == name }?.score,
            second: other.models.first { $0.model == name }?.score)
        })
    }
  }

  /// The comparison as plain text.
  public var lines: [String] {
    let heading = ["A  \(first)", "B  \(second)"] + changes.map { "   \($0)" }
    return heading
      + tables.flatMap { table in
        let remark = table.hasSameData ? "" : " (not the same images)"
        var text = TextTable([
          ("model", .left), (Self.heading("A", table.family), .right), ("95 % interval", .right),
          (Self.heading("B", table.family), .right), ("95 % interval", .right), ("B − A", .right),
        ])
        for model in table.models {
          text.append(
            [model.model] + Self.cells(model.first, table.family) + Self.cells(model.second, table.family)
              + [model.difference.map(table.family.signed) ?? "–"])
        }
        return ["", "\(table.label)\(remark)", ""] + text.lines
      }
  }

  private static func heading(_ run: String, _ family: ModelFamily) -> String {
    family == .multinomial ? "\(run) %" : "\(run) \(family.heading)"
  }

  private static func cells(_ estimate: Estimate?, _ family: ModelFamily) -> [String] {
    guard let estimate else { return ["–", "–"] }
    return [family.text(estimate.mean), "\(family.text(estimate.lower)) … \(family.text(estimate.upper))"]
  }
}
