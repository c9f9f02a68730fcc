public import Figures

/// What `basislab re-tie` found, as lines, a chart and a document.
public struct FilterRetyingReport: Codable, Sendable {
  /// How many images are recognised, and which others than before.
  public struct Score: Codable, Sendable {
    /// The share that is recognised, with its 95 % interval.
    public let accuracy: Estimate
    /// The images that are recognised now and were not by the network as it was trained.
    public let gained: Int
    /// The images that were recognised and are not now.
    public let lost: Int
    /// McNemar's exact test of gained against lost.
    public let pValue: Double
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
  /// The filters as they were learned, then tied.
  public let rows: [Row]

  /// Collects rows.
  public init(dataset: String, part: String, layer: String, epochs: Int, rows: [Row]) {
    (self.dataset, self.part, self.layer, self.epochs, self.rows) = (dataset, part, layer, epochs, rows)
  }

  /// The table.
  public var lines: [String] {
    let trainings = epochs > 0 ? ["", " after \(epochs) epochs"] : [""]
    var table = TextTable(
      [("filters", .left), ("error of filters %", .right)]
        + trainings.flatMap { suffix in
          [
            ("accuracy %\(suffix)", TextTable.Alignment.right), ("95 % interval", .right), ("gained", .right),
            ("lost", .right), ("McNemar", .left),
          ]
        })
    for row in rows {
      let name = Self.name(row)
      let scores = [row.atOnce] + (epochs > 0 ? [row.retrained ?? row.atOnce] : [])
      table.append([name, ComparisonTable.percent(row.error)] + scores.flatMap(Self.cells))
    }
    return ["layer \(layer) tied, judged by the \(part) images of \(dataset)", ""] + table.lines
  }

  private static func name(_ row: Row) -> String {
    guard let basis = row.basis, let atoms = row.atoms else { return "as learned" }
    return "\(basis), \(atoms) atom\(atoms == 1 ? "" : "s")"
  }

  private static func cells(_ score: Score) -> [String] {
    let accuracy = score.accuracy
    let isSame = score.gained == 0 && score.lost == 0
    return [
      ComparisonTable.percent(accuracy.mean),
      "\(ComparisonTable.percent(accuracy.lower)) … \(ComparisonTable.percent(accuracy.upper))", "\(score.gained)",
      "\(score.lost)", isSame ? "" : ComparisonTable.probability(score.pValue),
    ]
  }

  /// Accuracy over the number of atoms: at once, and after further training.
  public var chart: ChartSheet {
    let panels: [(title: String, score: (Row) -> Score?)] = [
      ("at once", { $0.atOnce }), ("other layers trained further", { $0.retrained }),
    ]
    let charts = panels.filter { panel in rows.allSatisfy { panel.score($0) != nil } }.map { panel in
      chart(panel.title) { panel.score($0)?.accuracy.mean ?? 0 }
    }
    return ChartSheet(charts, columns: charts.count)
  }

  private func chart(_ title: String, _ accuracy: (Row) -> Double) -> Chart {
    let counts = Set(rows.compactMap(\.atoms)).sorted()
    var chart = Chart(
      title, x: .init("atoms M of each filter", scale: .logarithmic, ticks: counts.map(Double.init)),
      y: .init("accuracy on \(part) images, %"))
    let bases = rows.compactMap(\.basis).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    chart.curves = bases.map { basis in
      .init(
        basis, rows.filter { $0.basis == basis }.map { (x: Double($0.atoms ?? 0), y: 100 * accuracy($0)) })
    }
    if let free = rows.first(where: { $0.basis == nil }), let first = counts.first, let last = counts.last {
      chart.curves.append(
        .init(
          "as learned", [first, last].map { (x: Double($0), y: 100 * accuracy(free)) }, style: .dashedLine, color: 6))
    }
    return chart
  }
}
