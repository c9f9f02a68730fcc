import Foundation
import Tensors

/// The section of a report on one data set at one training-set size.
struct ReportTable: Sendable {
  /// A row of the table.
  struct Row: Sendable {
    let model: String
    let side: String
    let mark: String
    let accuracy: String
    let interval: String
    let validation: String
    let balanced: String
    let logLoss: String
    let brier: String
    let calibration: String
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
      "Images drawn at random, a row for each class")
    counts = ComparisonTable.counts(table)
    design = table.design
    rows = table.models.map { Row($0, in: table) }
    sentences = ReportText.sentences(table)
    hypothesis = table.hypothesis?.statement
    clauses =
      table.hypothesis?.clauses.map { "\($0.answer.rawValue): \(ComparisonTable.sentence($0.comparison))" } ?? []
    answer = table.hypothesis?.answer.rawValue
    (fixedNames, pairs) = Self.pairs(table)
    hasPairs = table.pairs.count > 1
    basisPictures = ReportPicture.atoms(of: table, part.dataset, in: figures)
    filterPictures = ReportPicture.filters(of: table, label: part.label, in: figures)
    hasPictures = !(basisPictures.isEmpty && filterPictures.isEmpty)
    projections = try ReportProjection.all(of: part, networks, in: folder)
    energies = projections.map(\.curve)
    hasEnergies = !energies.isEmpty
    confusions = try ReportConfusion.best(of: table, part, in: folder)
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
    let size = dataset.shape.dropFirst().map(String.init).joined(separator: " × ")
    let groups = dataset.groupKey.map { "\(dataset.groupCount ?? 0) by \($0), never divided between parts" }
    let official = dataset.officialTestCount.map { "official test part of \($0.groupedDigits) images" }
    return [
      ("images", "\(dataset.shape[0].groupedDigits) of \(size) pixels"), ("classes", classes),
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
          table.pairs.first { $0.comparison.model == learned.model && $0.comparison.against == name }.map(PairCell.init)
        })
    }
    return (fixed, rows)
  }
}

extension ReportTable.Row {
  init(_ model: ModelSummary, in table: TableResult) {
    let isBest = model.model == table.bestFixed || model.model == table.bestLearned
    self.init(
      model: model.model, side: model.side.rawValue, mark: isBest ? "best" : "",
      accuracy: ComparisonTable.percent(model.accuracy.mean),
      interval: "\(ComparisonTable.percent(model.accuracy.lower))–\(ComparisonTable.percent(model.accuracy.upper))",
      validation: ComparisonTable.percent(model.validationAccuracy),
      balanced: ComparisonTable.percent(model.balancedAccuracy), logLoss: ComparisonTable.decimal(model.logLoss, 3),
      brier: ComparisonTable.decimal(model.brier, 3), calibration: ComparisonTable.decimal(model.calibrationError, 3),
      parameters: model.cost.parameters.groupedDigits, links: model.cost.links.groupedDigits,
      operations: model.cost.operations.groupedDigits, seconds: ComparisonTable.decimal(model.fitSeconds, 2))
  }
}

extension ReportTable.PairCell {
  init(_ pair: PairedTest) {
    let mean = pair.comparison.difference.mean
    self.init(
      difference: ComparisonTable.points(mean), pValue: ComparisonTable.probability(pair.adjustedPValue),
      style: !pair.isSignificant ? "open" : mean > 0 ? "learned" : "fixed")
  }
}
