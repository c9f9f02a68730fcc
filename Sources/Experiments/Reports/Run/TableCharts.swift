import Figures

/// The charts of one table.
enum TableCharts {
  /// The colours of the sides, the same in every chart.
  static let colors: [Side: Int] = [.fixed: 0, .learned: 1, .control: 5]

  /// All charts that the models of a table give.
  static func all(_ table: TableResult) -> [ReportContent.Curve] {
    [accuracy(table), size(table), atoms(table)].compactMap { $0 } + perturbations(table)
  }

  /// Test accuracy of every model with its interval, one below the other.
  private static func accuracy(_ table: TableResult) -> ReportContent.Curve {
    let (models, family) = (near(table.models), table.family)
    let absent = table.models.filter { model in !models.contains { $0.model == model.model } }.map {
      "\($0.model) \($0.family.quantity($0.score.mean))"
    }
    return ReportContent.Curve(
      title: family.title,
      caption: "\(family.title) on the test images with 95 % intervals, in the order of the table"
        + (absent.isEmpty ? "." : "; far off, and not shown: \(absent.joined(separator: ", "))."),
      picture: ""
    ) {
      var chart = Chart("", x: .init(family.axis), y: .init(words: models.map(\.model)))
      chart.curves = Side.allCases.compactMap { side in
        let places = models.indices.filter { models[$0].side == side }
        guard !places.isEmpty else { return nil }
        return .init(
          side.rawValue, places.map { (x: family.shown(models[$0].score.mean), y: Double($0)) },
          intervals: places.map { family.shown(models[$0].score) }, along: .x, color: colors[side])
      }
      return try chart.svg(width: 520, height: 60 + 30 * models.count)
    }
  }

  /// The models without controls that lie so far off that all others would be crowded at one end.
  private static func near(_ models: [ModelSummary]) -> [ModelSummary] {
    let rivals = models.filter { $0.side != .control }.map(\.score)
    guard let low = rivals.map(\.lower).min(), let high = rivals.map(\.upper).max() else { return models }
    let range = low - (high - low)...high + (high - low)
    return models.filter { $0.side != .control || range.contains($0.score.mean) }
  }

  /// Test accuracy over the number of trainable parameters.
  private static func size(_ table: TableResult) -> ReportContent.Curve? {
    let models = table.models.filter { $0.side != .control }
    guard Set(models.map(\.cost.parameters)).count > 1 else { return nil }
    let family = table.family
    return ReportContent.Curve(
      title: "\(family.title) and size",
      caption:
        "\(family.title) with 95 % intervals over the number of trainable parameters; the table names the models.",
      picture: ""
    ) {
      var chart = Chart(
        "", x: .init("trainable parameters", scale: .logarithmic), y: .init(family.axis))
      chart.curves = [Side.fixed, .learned].compactMap { side in
        let own = models.filter { $0.side == side }
        return own.isEmpty
          ? nil
          : .init(
            side.rawValue, own.map { (x: Double($0.cost.parameters), y: family.shown($0.score.mean)) },
            intervals: own.map { family.shown($0.score) }, along: .y, color: colors[side])
      }
      return try chart.svg(width: 520, height: 320)
    }
  }

  /// Test accuracy over the number of atoms, for bases of which several numbers take part.
  private static func atoms(_ table: TableResult) -> ReportContent.Curve? {
    let counted = table.models.compactMap { model -> (basis: String, count: Int, score: Estimate)? in
      let parts = model.model.split(separator: ":")
      guard parts.count == 2, let count = Int(parts[1]) else { return nil }
      return (String(parts[0]), count, model.score)
    }
    let bases = counted.map(\.basis).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
      .filter { basis in counted.count { $0.basis == basis } > 1 }
    guard !bases.isEmpty else { return nil }
    let family = table.family
    return ReportContent.Curve(
      title: "\(family.title) and number of atoms",
      caption: "\(family.title) with 95 % intervals over the number of atoms M.",
      picture: ""
    ) {
      let counts = Set(counted.filter { bases.contains($0.basis) }.map { Double($0.count) }).sorted()
      var chart = Chart(
        "", x: .init("atoms M", scale: .logarithmic, ticks: counts.count <= 8 ? counts : nil), y: .init(family.axis))
      for basis in bases {
        let own = counted.filter { $0.basis == basis }.sorted { $0.count < $1.count }
        chart.curves += LearningCurves.joined(
          basis, own.map { (Double($0.count), $0.score) }, family, color: bases.firstIndex(of: basis))
      }
      return try chart.svg(width: 520, height: 360)
    }
  }

  /// Test accuracy over the strength of each perturbation.
  private static func perturbations(_ table: TableResult) -> [ReportContent.Curve] {
    let family = table.family
    return Perturbation.Kind.allCases.compactMap { kind in
      let results = (table.perturbed ?? []).filter { $0.perturbation == kind.rawValue }
      guard !results.isEmpty else { return nil }
      return ReportContent.Curve(
        title: "\(family.title) and \(kind.rawValue)",
        caption:
          "\(family.title) under \(kind.rawValue) of the test images alone, with 95 % intervals of the best fixed and the best learned "
          + "model.",
        picture: ""
      ) {
        var chart = Chart(
          "",
          x: .init(
            kind.axis, scale: kind == .dose ? .logarithmic : .linear,
            ticks: Set(results.map(\.strength) + (kind.identity.map { [$0] } ?? [])).sorted()),
          y: .init(family.axis))
        for (place, model) in table.models.filter({ $0.side != .control }).enumerated() {
          let plain = kind.identity.map { [(x: $0, score: model.score)] } ?? []
          let own = results.filter { $0.model == model.model }.map { (x: $0.strength, score: $0.score) }
          chart.curves += LearningCurves.joined(
            model.model, (plain + own).sorted { $0.x < $1.x }, family, color: place,
            hasIntervals: [table.bestFixed, table.bestLearned].contains(model.model))
        }
        return try chart.svg(width: 640, height: 400)
      }
    }
  }
}
