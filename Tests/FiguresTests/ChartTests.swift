import Figures
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ChartTests {
  private var chart: Chart {
    var chart = Chart(
      "It's 50 % 'faster' {not_markup}", x: .init("kernel", scale: .logarithmic, ticks: [3, 7, 15]),
      y: .init("seconds", scale: .logarithmic))
    chart.curves = [
      .init("direct", [(3, 0.1), (7, 0.4), (15, 1.6)]), .init("fft", [(3, 1), (7, .nan), (15, 1)], style: .dashedLine),
    ]
    return chart
  }

  @Test func svgHoldsTheWords() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("chart.svg")
      try chart.write(to: url)
      let text = try String(contentsOf: url, encoding: .utf8)
      #expect(text.contains("<svg") && text.hasSuffix("</svg>\n\n") || text.contains("</svg>"))
      for word in ["It's 50 % 'faster' {not_markup}", "kernel", "seconds", "direct", "fft", ">15<"] {
        #expect(text.contains(word) || text.contains(word.replacing("'", with: "&#39;")), "\(word)")
      }
    }
  }

  @Test func pngOfASheetIsAsLargeAsItsPanels() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("sheet.PNG")
      try ChartSheet([chart, chart, chart], columns: 2).write(to: url)
      let header = Array(try Data(contentsOf: url).prefix(24))
      #expect(Array(header[1...3]) == Array("PNG".utf8))
      #expect(header[16..<20].reduce(0) { $0 << 8 | Int($1) } == 1120)
    }
  }

  @Test func intervalsAreBarsBetweenTheirEnds() throws {
    var chart = Chart("", x: .init("x"), y: .init(words: ["one <&> 'two'", "three"]))
    chart.curves = [.init("a", [(10, 0), (20, 1)], intervals: [5...15, 20...30], along: .x)]
    let (first, second) = (try chart.svg(width: 400, height: 200), try chart.svg(width: 400, height: 200))
    #expect(first.hasPrefix("<svg") && first.contains("one &lt;&amp;> ") && first.contains(">three<"))
    #expect(first.contains("currentColor") && !first.contains("black") && !first.contains("<title>"))
    #expect(!first.contains(" color='white'"))
    let ids = [first, second].map { Set($0.matches(of: /id=["']([^"']+)["']/).map { String($0.output.1) }) }
    #expect(!ids[0].isEmpty && ids[0].isDisjoint(with: ids[1]))
    let bars = first.matches(of: /M([\d.]+),([\d.]+) L([\d.]+),([\d.]+)/).compactMap { match -> Double? in
      let numbers = [match.output.1, match.output.2, match.output.3, match.output.4].compactMap { Double($0) }
      return numbers[1] == numbers[3] && numbers[2] > numbers[0] ? numbers[2] - numbers[0] : nil
    }
    #expect(bars.count { length in bars.count { abs($0 - length) < 0.02 } >= 2 } >= 2, "\(bars)")
  }

  @Test func anotherEndingIsRefused() {
    let error = #expect(throws: InputError.self) { try chart.write(to: URL(fileURLWithPath: "chart.pdf")) }
    #expect(error?.description.contains(".svg or .png") ?? false)
  }

  /// Four names that are too wide to stand side by side take three rows more than one of them.
  @Test func theLegendHasRoomForAllItsRows() throws {
    func height(_ names: Int) throws -> Int {
      var chart = Chart("", x: .init("x"), y: .init("y"))
      chart.curves = (0..<names).map { .init("a name of thirty letters, no. \($0)", [(x: 0, y: Double($0))]) }
      let size = try #require(try chart.svg(width: 400, height: 200).firstMatch(of: /viewBox="0 0 \d+ (\d+)"/))
      return try #require(Int(size.1))
    }
    #expect(try height(4) - height(1) == 3 * 24)
  }
}
