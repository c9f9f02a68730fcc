import Figures
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct MatrixChartTests {
  private let chart = MatrixChart(
    "It's 75 %", rowTitle: "true class", columnTitle: "predicted class", names: ["cat", "a long-haired dog"],
    counts: [[30, 10], [0, 20]])

  @Test func cellsHoldTheirNumbersInShadesOfTheirShare() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("matrix.svg")
      try chart.write(to: url)
      let text = try String(contentsOf: url, encoding: .utf8)
      for word in ["75 %", "true class", "predicted class", "cat", "a long-haired dog", ">30<", ">10<", ">20<"] {
        #expect(text.contains(word), "\(word)")
      }
      #expect(!text.contains(">0<"))
      // 3/4, 1/4 and all of the way from white to blue; gnuplot rounds in one way or the other.
      let shades = text.matches(of: /rgb\( *(\d+), *(\d+), *(\d+)\)/).map { [Int($0.1), Int($0.2), Int($0.3)] }
      for (share, shade) in [(0.75, [89, 140, 193]), (0.25, [199, 217, 235]), (1, [33, 102, 172])] {
        #expect(shades.contains { zip($0, shade).allSatisfy { abs(($0 ?? 999) - $1) <= 1 } }, "\(share)")
      }
    }
  }

  @Test func anotherEndingIsRefused() {
    let error = #expect(throws: InputError.self) { try chart.write(to: URL(fileURLWithPath: "chart.pdf")) }
    #expect(error?.description.contains(".svg or .png") ?? false)
  }
}
