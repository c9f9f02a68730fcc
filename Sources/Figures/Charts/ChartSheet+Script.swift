import Foundation

extension ChartSheet {
  /// The script that draws the sheet on standard output.
  ///
  /// - Parameters:
  ///   - format: What it is drawn as.
  ///   - panelSize: The size of a chart in pixels, legend not included; chosen when left out.
  /// - Returns: The script, data included.
  func script(_ format: Gnuplot.Format, panelSize: (width: Int, height: Int)? = nil) -> String {
    let rows = (charts.count + columns - 1) / columns
    let size = panelSize ?? (charts.count == 1 ? (width: 900, height: 540) : (width: 560, height: 400))
    let width = columns * size.width
    let legendHeight = legendHeight(width: width)
    let height = rows * size.height + legendHeight
    let strip = Double(legendHeight) / Double(height)
    let data = charts.enumerated().map { number, chart in chart.data(number) }
    let panels = charts.indices.map { panel($0, rows: rows, strip: strip) }
    return
      ([format.terminal(width: width, height: height)] + data + [Self.look, "set multiplot"] + panels
      + [legend(strip: strip), "unset multiplot", ""]).joined(separator: "\n")
  }

  /// Room for the rows that entries as wide as the widest take.
  private func legendHeight(width: Int) -> Int {
    let (line, sample, letter) = (24, 60, 10)
    let entries = legendEntries
    let widest = sample + letter * (entries.map(\.curve.name.count).max() ?? 0)
    let inRow = max(1, width / widest)
    return line * (1 + max(1, (entries.count + inRow - 1) / inRow))
  }

  /// Blue, vermilion, green, purple, orange, sky, black: told apart by colour-blind readers too.
  ///
  /// Source: M. Okabe, K. Ito, *Color universal design*, 2008.
  private static let palette = ["0072B2", "D55E00", "009E73", "CC79A7", "E69F00", "56B4E9", "000000"]
  private static let marks = [7, 5, 9, 13, 11, 6, 4]

  /// Light grid, thin axes, no ink that says nothing.
  private static let look = """
    set border 3 linewidth 1 linecolor rgb '#606060'
    set grid linewidth 1 linecolor rgb '#E4E4E4'
    set tics nomirror out scale 0.6 textcolor rgb '#303030'
    set title offset 0,-0.4
    unset key
    """

  private func panel(_ index: Int, rows: Int, strip: Double) -> String {
    let (w, h) = (1 / Double(columns), (1 - strip) / Double(rows))
    let origin = (x: Double(index % columns) * w, y: 1 - Double(index / columns + 1) * h)
    return "set origin \(origin.x),\(origin.y)\nset size \(w),\(h)\n" + charts[index].script(index)
  }

  /// One entry for each name of the curves, in the order of their first appearance.
  private var legendEntries: [(place: Int, curve: Chart.Curve)] {
    var names: Set<String> = []
    return charts.flatMap { chart in chart.curves.enumerated().map { (place: $0, curve: $1) } }.filter {
      !$0.curve.name.isEmpty && names.insert($0.curve.name).inserted
    }
  }

  private func legend(strip: Double) -> String {
    let entries = legendEntries
    guard !entries.isEmpty else { return "" }
    let plots = entries.map { place, curve in
      let sample = curve.style == .intervals ? "'+' using (NaN):(NaN):(NaN)" : "NaN"
      return "\(sample) \(Self.style(curve, place: place)) title \(Gnuplot.quoted(curve.name))"
    }
    return """
      set origin 0,0
      set size 1,\(strip)
      unset title; unset xlabel; unset ylabel; unset tics; unset border; unset grid; unset logscale
      set margins 0,0,0,0
      set key center center horizontal Left reverse samplen 2.5 textcolor rgb '#303030'
      plot [0:1][0:1] \(plots.joined(separator: ", "))
      """
  }

  /// How a curve looks.
  static func style(_ curve: Chart.Curve, place: Int) -> String {
    let number = (curve.color ?? place) % palette.count
    let color = "linecolor rgb '#\(palette[number])'"
    let mark = "pointtype \(marks[number]) pointsize 0.9"
    return switch curve.style {
    case .linesAndPoints: "with linespoints linewidth 2.5 \(mark) \(color)"
    case .line: "with lines linewidth 2.5 \(color)"
    case .dashedLine: "with lines dashtype 2 linewidth 1.5 \(color)"
    case .points: "with points \(mark) \(color)"
    case .intervals:
      "with \(curve.intervalAxis == .x ? "x" : "y")errorbars pointtype \(marks[number]) pointsize 1 linewidth 2 \(color)"
    case .rings: "with points pointtype 6 pointsize 1.8 linewidth 1.5 linecolor rgb '#000000'"
    }
  }
}

extension Chart {
  /// The points of each curve as a block of data.
  fileprivate func data(_ chart: Int) -> String {
    curves.enumerated().map { index, curve in
      let lines = curve.points.enumerated().map { place, point in
        guard point.x.isFinite && point.y.isFinite else { return "" }
        let ends =
          curve.intervals.isEmpty
          ? "" : " \(curve.intervals[place].lowerBound) \(curve.intervals[place].upperBound)"
        return "\(point.x) \(point.y)\(ends)"
      }
      return (["$chart\(chart)curve\(index) << EOD"] + lines + ["EOD"]).joined(separator: "\n")
    }.joined(separator: "\n")
  }

  fileprivate func script(_ chart: Int) -> String {
    let plots = curves.indices.map { "$chart\(chart)curve\($0) \(ChartSheet.style(curves[$0], place: $0)) notitle" }
    return """
      set title \(Gnuplot.quoted(title))
      \(axis(x, "x", values(.x) { $0.x }))
      \(axis(y, "y", values(.y) { $0.y }))
      \(plots.isEmpty ? "clear" : "plot \(plots.joined(separator: ", "))")
      """
  }

  /// All numbers along an axis, the ends of intervals included.
  private func values(_ axis: Curve.IntervalAxis, of coordinate: ((x: Double, y: Double)) -> Double) -> [Double] {
    curves.flatMap { curve in
      let ends = curve.intervalAxis == axis ? curve.intervals.flatMap { [$0.lowerBound, $0.upperBound] } : []
      return curve.points.map(coordinate) + ends
    }
  }

  private func axis(_ axis: Axis, _ name: String, _ values: [Double]) -> String {
    if let words = axis.words {
      let places = words.enumerated().map { "\(Gnuplot.quoted($1)) \($0)" }.joined(separator: ", ")
      let ends = name == "y" ? "\(words.count).0-0.4:-0.6" : "-0.6:\(words.count).0-0.4"
      return """
        unset \(name)label
        unset logscale \(name)
        set \(name)range [\(ends)]
        set \(name)tics (\(places))
        """
    }
    let range = axis.range(values.filter(\.isFinite))
    let places = axis.ticks ?? axis.ownTicks(range)
    let scale = axis.scale == .logarithmic ? "set logscale \(name)" : "unset logscale \(name)"
    let ticks = places.map { " (" + $0.map { tick in "'\(tick.formatted)' \(tick)" }.joined(separator: ", ") + ")" }
    return """
      set \(name)label \(Gnuplot.quoted(axis.title))
      \(scale)
      set format \(name) '%g'
      set \(name)range [\(range.lowerBound):\(range.upperBound)]
      set \(name)tics\(ticks ?? " autofreq")
      """
  }
}

extension Chart.Axis {
  /// 1, 2 and 5 of each decade where powers of ten alone would be few.
  fileprivate func ownTicks(_ range: ClosedRange<Double>) -> [Double]? {
    guard scale == .logarithmic && range.upperBound / range.lowerBound < 300 else { return nil }
    let decade = Foundation.log10(range.lowerBound).rounded(.down)
    let ticks = (0...3).flatMap { step in [1, 2, 5].map { $0 * Foundation.pow(10, decade + Double(step)) } }
    return ticks.filter(range.contains)
  }

  /// Where the values lie, with a little room on both sides.
  fileprivate func range(_ values: [Double]) -> ClosedRange<Double> {
    guard let low = values.min(), let high = values.max() else { return 1...2 }
    switch scale {
    case .logarithmic:
      let margin = max(1.1, Foundation.pow(high / low, 0.06))
      return low / margin...high * margin
    case .linear:
      let margin = high > low ? 0.06 * (high - low) : max(1, 0.1 * abs(high))
      return low - margin...high + margin
    }
  }
}

extension Double {
  /// Six digits, whole numbers without a point.
  fileprivate var formatted: String { String(format: "%g", self) }
}
