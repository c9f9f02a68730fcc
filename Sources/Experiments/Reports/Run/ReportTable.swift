import Foundation
import Tensors

/// The section of a report on one data set at one training-set size.
struct ReportTable: Sendable {
  /// A row of the table.
  struct Row: Sendable {
    let model: String
    let side: String
    let mark: String
    let score: String
    let cells: [String]
    /// Those of the cells that a paper has room for.
    let briefCells: [String]
    let parameters: String
    let links: String
    let operations: String
    let seconds: String
  }

  /// A row of the table of pairs: a learned model against each fixed one.
  struct PairRow: Sendable {
    let model: String
    let cells: [PairCell]
  }

  /// A pair of models.
  struct PairCell: Sendable {
    let difference: String
    let pValue: String
    let style: String
  }

  let anchor: String
  let number: Int
  let name: String
  let summary: String
  let facts: [ReportContent.Field]
  let examples: ReportPicture?
  let counts: String
  let design: String
  let measure: String
  let columns: [String]
  let briefColumns: [String]
  let legend: [String]
  let pairCaption: String
  let rows: [Row]
  let sentences: [String]
  let hypothesis: String?
  let clauses: [String]
  let answer: String?
  let fixedNames: [String]
  let pairs: [PairRow]
  let hasPairs: Bool
  let basisPictures: [ReportPicture]
  let filterPictures: [ReportPicture]
  let hasPictures: Bool
  let projections: [ReportProjection]
  var energies: [ReportContent.Curve]
  let hasEnergies: Bool
  let confusions: [ReportConfusion]
  let hasConfusions: Bool
  let notes: [String]
  let hasNotes: Bool
  var charts: [ReportContent.Curve]

  init(_ part: Run.Part, number: Int, networks: [NetworkDescription], folder: URL) throws {
    guard let table = part.table else { preconditionFailure("expected a finished table, got none for \(part.label)") }
    anchor = "data-\(number)"
    self.number = number
    name = part.label
    summary = part.dataset.summary.replacing(" Hypothesis: \(table.hypothesis?.statement ?? "")", with: "")
    facts = Self.facts(part.dataset)
    let figures = folder.appendingPathComponent("figures")
    examples = ReportPicture(
      figures.appendingPathComponent("\(part.dataset.name)-examples.png"),
      "Images drawn at random, a row for each \(part.dataset.family == nil ? "class" : "range of numbers, from low to high")"
    )
    counts = ComparisonTable.counts(table)
    design = table.design
    let family = table.family
    measure = family.words
    columns = family.columns.map(\.heading)
    briefColumns = family.columns.filter(\.isBrief).map(\.heading)
    legend = family.legend
    pairCaption =
      family == .multinomial
      ? "Accuracy of each learned model (row) minus each fixed one (column), in points"
      : "\(family.heading) of each fixed model (column) minus each learned one (row), so that above 0 the learned is better"
    rows = table.models.map { Row($0, in: table) }
    sentences = ReportText.sentences(table)
    hypothesis = table.hypothesis?.statement
    clauses =
      table.hypothesis?.clauses.map { "\($0.answer.rawValue): \(ComparisonTable.sentence($0.comparison, family))" }
      ?? []
    answer = table.hypothesis?.answer.rawValue
    (fixedNames, pairs) = Self.pairs(table)
    hasPairs = table.pairs.count > 1
    basisPictures = ReportPicture.atoms(of: table, part.dataset, in: figures)
    filterPictures = ReportPicture.filters(of: table, label: part.label, in: figures)
    hasPictures = !(basisPictures.isEmpty && filterPictures.isEmpty)
    projections = try ReportProjection.all(of: part, networks, in: folder)
    energies = projections.map(\.curve)
    hasEnergies = !energies.isEmpty
    confusions = family.explainsNumbers ? [] : try ReportConfusion.best(of: table, part, in: folder)
    hasConfusions = !confusions.isEmpty
    notes = table.remarks + table.models.flatMap { model in model.remarks.map { "\(model.model): \($0)" } }
    hasNotes = !notes.isEmpty
    charts = TableCharts.all(table)
  }

  /// The same with its charts drawn.
  func withCharts() throws -> ReportTable {
    var table = self
    table.charts = try charts.map { try $0.drawn() }
    table.energies = try energies.map { try $0.drawn() }
    return table
  }

  private static func facts(_ dataset: DatasetFacts) -> [ReportContent.Field] {
    let classes = dataset.classes.map { "\($0.name) (\($0.count.groupedDigits))" }.joined(separator: ", ")
    let range = dataset.range.map { $0.map(ComparisonTable.fourDigits).joined(separator: " to ") }
    let size = dataset.shape.dropFirst().map(String.init).joined(separator: " × ")
    let groups = dataset.groupKey.map { "\(dataset.groupCount ?? 0) by \($0), never divided between parts" }
    let official = dataset.officialTestCount.map { "official test part of \($0.groupedDigits) images" }
    return [
      ("images", "\(dataset.shape[0].groupedDigits) of \(size) pixels"),
      range.map { ("numbers", $0) } ?? ("classes", classes),
      ("groups", groups ?? "none"), ("split", official ?? "none given"),
      (
        "pixels",
        dataset.pixelScale == 1 ? "as given" : "8-bit images divided by \(Int((1 / dataset.pixelScale).rounded()))"
      ),
      ("source", dataset.provenance?.source ?? "not stated"), ("licence", dataset.provenance?.licence ?? "not stated"),
      ("checksum", dataset.checksum),
    ].map { ReportContent.Field(name: $0.0, value: $0.1) }
  }

  private static func pairs(_ table: TableResult) -> ([String], [PairRow]) {
    let fixed = table.models.filter { $0.side == .fixed }.map(\.model)
    let rows = table.models.filter { $0.side == .learned }.map { learned in
      PairRow(
        model: learned.model,
        cells: fixed.compactMap { name in
          table.pairs.first { $0.comparison.model == learned.model && $0.comparison.against == name }.map {
            PairCell($0, table.family)
          }
        })
    }
    return (fixed, rows)
  }
}

extension ReportTable.Row {
  init(_ model: ModelSummary, in table: TableResult) {
    let rest = model.family.columns.dropFirst()
    let isBest = model.model == table.bestFixed || model.model == table.bestLearned
    self.init(
      model: model.model, side: model.side.rawValue, mark: isBest ? "best" : "",
      score: model.family.text(model.score.mean), cells: rest.map { $0.text(model) },
      briefCells: rest.filter(\.isBrief).map { $0.text(model) },
      parameters: model.cost.parameters.groupedDigits, links: model.cost.links.groupedDigits,
      operations: model.cost.operations.groupedDigits, seconds: ComparisonTable.decimal(model.fitSeconds, 2))
  }
}

extension ReportTable.PairCell {
  init(_ pair: PairedTest, _ family: ModelFamily) {
    let mean = pair.comparison.difference.mean
    self.init(
      difference: family.signed(mean), pValue: ComparisonTable.probability(pair.adjustedPValue),
      style: !pair.isSignificant ? "open" : mean > 0 ? "learned" : "fixed")
  }
}

extension ModelFamily {
  /// A column of a report's table.
  fileprivate struct Column: Sendable {
    let heading: String
    /// Whether it is among the few that a paper has room for.
    let isBrief: Bool
    let text: @Sendable (ModelSummary) -> String

    init(_ heading: String, isBrief: Bool = true, _ text: @escaping @Sendable (ModelSummary) -> String) {
      (self.heading, self.isBrief, self.text) = (heading, isBrief, text)
    }
  }

  /// The columns of a report's table, the measure first.
  fileprivate var columns: [Column] {
    let measure = [
      Column(heading) { text($0.score.mean) },
      Column("95 % interval") { "\(text($0.score.lower))–\(text($0.score.upper))" },
    ]
    let validation = Column(self == .multinomial ? "validation %" : "validation", isBrief: false) {
      text($0.validation)
    }
    return switch self {
    case .multinomial:
      measure + [
        Column("balanced %", isBrief: false) { $0.means.balancedAccuracy.map { text($0) } ?? "" }, validation,
        Column("log loss") { Self.decimal($0.means.logLoss) }, Column("Brier") { Self.decimal($0.means.brier) },
        Column("calibration", isBrief: false) { Self.decimal($0.means.calibrationError) },
      ]
    case .gaussian: measure + [validation, Column("R²") { Self.decimal($0.means.determination) }]
    case .poisson: measure + [validation]
    }
  }

  private static func decimal(_ value: Double?) -> String { value.map { ComparisonTable.decimal($0, 3) } ?? "" }

  /// What the columns mean.
  fileprivate var legend: [String] {
    switch self {
    case .multinomial: ["calibration: expected calibration error;"]
    case .gaussian: ["RMSE: root mean squared error; R²: the share of the variance that is explained;"]
    case .poisson: ["deviance: mean Poisson deviance;"]
    }
  }
}
