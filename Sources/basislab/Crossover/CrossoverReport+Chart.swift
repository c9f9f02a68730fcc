import Figures
import Spectral

extension CrossoverReport {
  /// A panel for each image, number of channels and batch: time per output over the kernel's side.
  var chart: ChartSheet {
    let panels = points.reduce(into: [[Row]]()) { panels, row in
      if let last = panels.last?.last, last.isBeside(row) {
        panels[panels.count - 1].append(row)
      } else {
        panels.append([row])
      }
    }
    let images = Set(points.map(\.image)).count
    return ChartSheet(panels.map(panel), columns: min(images, 3))
  }

  private func panel(_ rows: [Row]) -> Chart {
    var chart = Chart(
      rows[0].title, x: .init("kernel side", scale: .logarithmic, ticks: Self.ticks(rows.map(\.kernel))),
      y: .init("nanoseconds per output", scale: .logarithmic))
    for (color, method) in ConvolutionMethod.computed.map(\.rawValue).enumerated() where methods.contains(method) {
      let curve = rows.compactMap { row in row.seconds[method].map { (Double(row.kernel), row.nanoseconds($0)) } }
      chart.curves.append(.init(method, curve, color: color))
    }
    let choices = rows.compactMap { row in
      row.seconds[row.choice].map { (Double(row.kernel), row.nanoseconds($0)) }
    }
    chart.curves.append(.init("chosen by automatic", choices, style: .rings))
    return chart
  }

  /// Labels that do not touch: each at least half as large again as the one before.
  private static func ticks(_ kernels: [Int]) -> [Double] {
    kernels.sorted().reduce(into: []) { ticks, kernel in
      if ticks.last.map({ Double(kernel) >= 1.5 * $0 }) ?? true { ticks.append(Double(kernel)) }
    }
  }
}

extension CrossoverReport.Row {
  fileprivate var title: String {
    let bank = channels == 1 ? "one kernel" : "\(channels) → \(channels) channels"
    return "\(image) × \(image), \(bank)" + (batch == 1 ? "" : ", \(batch) images")
  }

  fileprivate func isBeside(_ other: CrossoverReport.Row) -> Bool {
    image == other.image && channels == other.channels && batch == other.batch
  }

  fileprivate func nanoseconds(_ seconds: Double) -> Double {
    seconds * 1e9 / (Double(image * image) * Double(channels * batch))
  }
}
