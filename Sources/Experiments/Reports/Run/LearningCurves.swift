import Figures

/// Accuracy over the number of training images, for data sets with several training-set sizes.
enum LearningCurves {
  /// A chart for each data set that has several sizes.
  static func all(_ parts: [Run.Part]) -> [ReportContent.Curve] {
    let names = parts.map(\.dataset.name).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return names.compactMap { name in
      let tables = parts.filter { $0.dataset.name == name }.compactMap(\.table).sorted { $0.counts[0] < $1.counts[0] }
      return tables.count > 1 ? curve(name, tables) : nil
    }
  }

  private static func curve(_ name: String, _ tables: [TableResult]) -> ReportContent.Curve {
    let family = tables[0].family
    return ReportContent.Curve(
      title: "\(name): \(family.words) and training images",
      caption:
        "\(family.title) on the test images over the number of training images, with 95 % intervals of the best fixed and the "
        + "best learned model."
        + (Crossover.all(tables).first.map { " By this curve \($0.sentence)." } ?? ""), picture: ""
    ) {
      var chart = Chart(
        "", x: .init("training images", scale: .logarithmic, ticks: tables.map { Double($0.counts[0]) }),
        y: .init(family.axis))
      let best = [tables[tables.count - 1].bestFixed, tables[tables.count - 1].bestLearned]
      let models = tables[0].models.filter { $0.side != .control }.map(\.model)
      for (place, model) in models.enumerated() {
        let points = tables.compactMap { table in
          table.models.first { $0.model == model }.map { (Double(table.counts[0]), $0.score) }
        }
        chart.curves += joined(model, points, family, color: place, hasIntervals: best.contains(model))
      }
      return try chart.svg(width: 640, height: 400)
    }
  }

  /// Points joined by a line, with intervals unless there would be too many of them to be told apart.
  static func joined(
    _ name: String, _ points: [(x: Double, score: Estimate)], _ family: ModelFamily, color: Int?,
    hasIntervals: Bool = true
  ) -> [Chart.Curve] {
    let places = points.map { (x: $0.x, y: family.shown($0.score.mean)) }
    guard hasIntervals else { return [.init(name, places, style: .linesAndPoints, color: color)] }
    return [
      .init("", places, style: .line, color: color),
      .init(name, places, intervals: points.map { family.shown($0.score) }, along: .y, color: color),
    ]
  }
}
