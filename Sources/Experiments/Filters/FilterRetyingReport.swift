public import Figures

/// What `basislab re-tie` found, as lines, a chart and a document.
public struct FilterRetyingReport: Codable, Sendable {
  /// How many images are recognised, and which others than before; or how large the error of numbers is, and its rise.
  public struct Score: Codable, Sendable {
    /// The share that is recognised, with its 95 % interval; for classes.
    public let accuracy: Estimate?
    /// The images that are recognised now and were not by the network as it was trained.
    public let gained: Int?
    /// The images that were recognised and are not now.
    public let lost: Int?
    /// McNemar's exact test of gained against lost.
    public let pValue: Double?
    /// The root of the mean squared error with its 95 % interval; for numbers.
    public let rootMeanSquaredError: Estimate?
    /// The mean Poisson deviance with its 95 % interval; for counts.
    public let deviance: Estimate?
    /// By how much the error is larger than that of the network as it was trained, on the same images.
    public let rise: Estimate?

    init(accuracy: Estimate, gained: Int, lost: Int, pValue: Double) {
      (self.accuracy, self.gained, self.lost, self.pValue) = (accuracy, gained, lost, pValue)
      (rootMeanSquaredError, deviance, rise) = (nil, nil, nil)
    }

    init(error: Estimate, rise: Estimate, of family: ModelFamily) {
      (accuracy, gained, lost, pValue) = (nil, nil, nil, nil)
      rootMeanSquaredError = family == .gaussian ? error : nil
      deviance = family == .poisson ? error : nil
      self.rise = rise
    }

    /// The measure of what the network explains.
    var value: Estimate? { accuracy ?? rootMeanSquaredError ?? deviance }
  }

  /// The filters tied in one way.
  public struct Row: Codable, Sendable {
    /// The basis; `nil` for the filters as they were learned.
    public let basis: String?
    /// M.
    public let atoms: Int?
    /// ‖ŵ − w‖/‖w‖ of all filters.
    public let error: Double
    /// Without further training.
    public let atOnce: Score
    /// After the other layers were trained further, where they were.
    public let retrained: Score?
  }

  /// The data set.
  public let dataset: String
  /// The images that are judged by.
  public let part: String
  /// The key of the layer.
  public let layer: String
  /// The epochs of further training; 0 for none.
  public let epochs: Int
  /// What the network explains, which decides the measure.
  public let family: ModelFamily
  /// The filters as they were learned, then tied.
  public let rows: [Row]

  /// Collects rows.
  public init(dataset: String, part: String, layer: String, epochs: Int, family: ModelFamily, rows: [Row]) {
    (self.dataset, self.part, self.layer, self.epochs) = (dataset, part, layer, epochs)
    (self.family, self.rows) = (family, rows)
  }

  /// The table.
  public var lines: [String] {
    let trainings = epochs > 0 ? ["", " after \(epochs) epoch\(epochs == 1 ? "" : "s")"] : [""]
    var table = TextTable(
      [("filters", .left), ("error of filters %", .right)]
        + trainings.flatMap { suffix in
          [("\(family.heading)\(suffix)", TextTable.Alignment.right), ("95 % interval", .right)] + changeColumns
        })
    for row in rows {
      let name = Self.name(row)
      let scores = [row.atOnce] + (epochs > 0 ? [row.retrained ?? row.atOnce] : [])
      table.append([name, ComparisonTable.percent(row.error)] + scores.flatMap(cells))
    }
    return ["layer \(layer) tied, judged by the \(part) images of \(dataset)", ""] + table.lines
  }

  private static func name(_ row: Row) -> String {
    guard let basis = row.basis, let atoms = row.atoms else { return "as learned" }
    return "\(basis), \(atoms) atom\(atoms == 1 ? "" : "s")"
  }

  private var changeColumns: [(String, TextTable.Alignment)] {
    family.explainsNumbers
      ? [("rise", .right), ("95 % interval", .right)] : [("gained", .right), ("lost", .right), ("McNemar", .left)]
  }

  private func cells(_ score: Score) -> [String] {
    guard let value = score.value else { return [String](repeating: "", count: 2 + changeColumns.count) }
    let measure = [family.text(value.mean), "\(family.text(value.lower)) … \(family.text(value.upper))"]
    if let rise = score.rise {
      return measure + [family.signed(rise.mean), "\(family.signed(rise.lower)) … \(family.signed(rise.upper))"]
    }
    let (gained, lost) = (score.gained ?? 0, score.lost ?? 0)
    let test = gained + lost == 0 ? "" : ComparisonTable.probability(score.pValue ?? 1)
    return measure + ["\(gained)", "\(lost)", test]
  }

  /// The measure over the number of atoms: at once, and after further training.
  public var chart: ChartSheet {
    let panels: [(title: String, score: (Row) -> Score?)] = [
      ("at once", { $0.atOnce }), ("other layers trained further", { $0.retrained }),
    ]
    let charts = panels.filter { panel in rows.allSatisfy { panel.score($0) != nil } }.map { panel in
      chart(panel.title) { family.shown(panel.score($0)?.value?.mean ?? 0) }
    }
    return ChartSheet(charts, columns: charts.count)
  }

  private func chart(_ title: String, _ measure: (Row) -> Double) -> Chart {
    let counts = Set(rows.compactMap(\.atoms)).sorted()
    var chart = Chart(
      title, x: .init("atoms M of each filter", scale: .logarithmic, ticks: counts.map(Double.init)),
      y: .init("\(family.words) on \(part) images" + (family == .multinomial ? ", %" : "")))
    let bases = rows.compactMap(\.basis).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    chart.curves = bases.map { basis in
      .init(
        basis, rows.filter { $0.basis == basis }.map { (x: Double($0.atoms ?? 0), y: measure($0)) })
    }
    if let free = rows.first(where: { $0.basis == nil }), let first = counts.first, let last = counts.last {
      chart.curves.append(
        .init(
          "as learned", [first, last].map { (x: Double($0), y: measure(free)) }, style: .dashedLine, color: 6))
    }
    return chart
  }
}
