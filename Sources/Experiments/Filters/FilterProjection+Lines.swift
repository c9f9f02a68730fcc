public import Figures
import Foundation

extension FilterProjection {
  /// The name of the layer and its filters in a line, such as `layer 0: 8 filters of 3×3`.
  public var heading: String {
    let channels = shape[1] == 1 ? "" : " in \(shape[1]) channels"
    return "layer \(layer): \(shape[0]) filters of \(shape[2])×\(shape[3])\(channels)"
  }

  /// The energy of the filters, and that of first weights, in a line.
  public var energyLine: String {
    "mean energy of a filter \(Self.short(energy)); of first weights \(Self.short(initialEnergy.mean)), "
      + "95 % interval \(Self.short(initialEnergy.lower)) … \(Self.short(initialEnergy.upper))"
  }

  /// The bands as a table, after a remark where filters were extended.
  public var lines: [String] {
    var table = TextTable([
      (basis, .left), ("atoms", .right), ("energy %", .right), ("first weights %", .right), ("95 % interval", .right),
      ("learned", .left), ("filters above", .right), ("below", .right),
    ])
    for band in bands {
      table.append([
        band.name, "\(band.atoms)", Self.percent(band.learned), Self.percent(band.initial.mean),
        "\(Self.percent(band.initial.lower)) … \(Self.percent(band.initial.upper))", band.answer,
        "\(band.filtersAbove)", "\(band.filtersBelow)",
      ])
    }
    return (remark.map { ["\(basis): \($0)"] } ?? []) + table.lines
  }

  /// What stands out most, in a sentence: the band with the largest gain over its interval before learning.
  public var sentence: String {
    let gains = bands.filter { $0.answer == "more" }
    guard let best = gains.max(by: { $0.learned - $0.initial.upper < $1.learned - $1.initial.upper }) else {
      return "In no band of \(basis) do the filters have more energy than first weights have by chance."
    }
    return
      "Most gained in the bands of \(basis): \(best.name), \(Self.percent(best.learned)) % of the energy, where first weights have "
      + "\(Self.percent(best.initial.lower)) to \(Self.percent(best.initial.upper)) %."
  }

  /// The shares of the bands as a chart, over the intervals of first weights.
  public var chart: Chart {
    var chart = Chart(basis, x: .init("share of the energy, %"), y: .init(words: bands.map(\.name)))
    func points(_ value: (Band) -> Double) -> [(x: Double, y: Double)] {
      bands.enumerated().map { (x: 100 * value($1), y: Double($0)) }
    }
    chart.curves = [
      .init(
        "first weights, 95 %", points(\.initial.mean),
        intervals: bands.map { 100 * $0.initial.lower...100 * $0.initial.upper }, along: .x, color: 5),
      .init("learned", points(\.learned), style: .points, color: 1),
    ]
    return chart
  }

  private static func percent(_ share: Double) -> String { ComparisonTable.percent(share) }

  private static func short(_ value: Double) -> String { String(format: "%.3g", value) }
}
