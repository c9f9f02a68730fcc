import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ExplainTests {
  private struct Report: Decodable {
    struct Explanation: Decodable {
      struct Row: Decodable {
        struct Estimate: Decodable {
          let seconds, operations, intensity, rooflineSeconds: Double
          let preparedBytes, scratchBytes, outputBytes: Int
          let bound: String
        }
        let method: String
        let estimate: Estimate?
        let measuredSeconds: Double?
        let objection: String?
      }
      let choice: String
      let regret: Double
      let rows: [Row]
    }
    let method: String
    let explanation: Explanation
  }

  private func convolve(_ options: [String], cache text: String? = nil) throws -> Command.Outcome {
    try Places.withTemporaryFolder { folder in
      let path = { folder.appendingPathComponent($0).path }
      try NPY.write(
        NumPyArray(Tensor<Float>(repeating: 1, shape: [40, 50])), to: folder.appendingPathComponent("x.npy"))
      try NPY.write(NumPyArray(Tensor<Float>(repeating: 1, shape: [3, 5])), to: folder.appendingPathComponent("k.npy"))
      if let text {
        try FileManager.default.createDirectory(atPath: path("basislab"), withIntermediateDirectories: true)
        try Data(text.utf8).write(to: folder.appendingPathComponent("basislab/calibration.json"))
      }
      return try Command.run(
        ["convolve", path("x.npy"), path("k.npy"), "--output", path("y.npy")] + options,
        environment: ["XDG_CACHE_HOME": folder.path])
    }
  }

  @Test func everyMethodIsInTheTable() throws {
    let outcome = try convolve(["--explain"])
    #expect(outcome.status == 0, "\(outcome.errors)")
    for word in ["direct", "im2col", "separable", "winograd", "fft", "overlapSave", "predicted regret 0.0 %"] {
      #expect(outcome.output.contains(word), "\(outcome.output)")
    }
  }

  @Test func jsonHoldsTheEstimates() throws {
    let outcome = try convolve(["--explain", "--measure", "--json", "--method", "fft"])
    let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
    let explanation = report.explanation
    #expect(report.method == "fft" && explanation.choice == "fft" && explanation.regret >= 0)
    let direct = try #require(explanation.rows.first { $0.method == "direct" })
    let estimate = try #require(direct.estimate)
    #expect(estimate.operations == 40 * 50 * 15 && estimate.outputBytes == 4 * 40 * 50)
    #expect(estimate.seconds > 0 && ["compute", "memory"].contains(estimate.bound))
    #expect(try #require(direct.measuredSeconds) > 0)
    for row in explanation.rows { #expect((row.estimate == nil) == (row.measuredSeconds == nil), "\(row.method)") }
  }

  @Test func aMemoryLimitIsKept() throws {
    let outcome = try convolve(["--memory-limit", "9KiB", "--method", "fft"])
    #expect(outcome.status == 1 && outcome.errors.contains("the limit is 9 KiB"), "\(outcome.errors)")
    #expect(outcome.errors.contains("needs"))
  }

  @Test func wrongUsageIsNamed() throws {
    let limit = try convolve(["--memory-limit", "much"])
    #expect(limit.status == 2 && limit.errors.contains("'much'"), "\(limit.errors)")
    let measure = try convolve(["--measure"])
    #expect(measure.status == 2 && measure.errors.contains("--explain"), "\(measure.errors)")
  }

  @Test(arguments: ["", "{", "{\"format\": 0, \"entries\": []}", "[1, 2]", "\u{0}\u{1}"])
  func aCalibrationThatCannotBeUsedCostsOneWarning(text: String) throws {
    let outcome = try convolve(["--explain"], cache: text)
    #expect(outcome.status == 0 && outcome.output.contains("direct"))
    #expect(outcome.errors.components(separatedBy: "warning: ").count == 2, "\(outcome.errors)")
    #expect(try convolve(["--quiet"], cache: text).errors.isEmpty)
  }
}
