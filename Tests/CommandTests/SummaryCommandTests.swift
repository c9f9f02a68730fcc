import Foundation
import TestSupport
import Testing

@Suite struct SummaryCommandTests {
  private struct Summary: Decodable {
    struct Field: Decodable, Equatable { let size, start, jump: Int }
    struct Operations: Decodable { let chosen, direct: Int, fourier: Int? }
    struct Row: Decodable {
      let key, layer: String
      let outputShape: [Int]
      let parameters, frozenParameters, links: Int
      let operations: Operations
      let method: String?
      let receptiveRows: Field?
    }
    struct Totals: Decodable { let parameters, frozenParameters, links, weightBytes, outputBytes: Int }
    let rows: [Row]
    let totals: Totals
  }

  private func summary(_ arguments: [String]) throws -> Summary {
    let run = try Command.run(["summary"] + arguments + ["--json"])
    #expect(run.status == 0, "\(run.errors)")
    return try JSONDecoder().decode(Summary.self, from: Data(run.output.utf8))
  }

  /// By hand: 80 + 1168 + 2570 parameters; links 80·256, 1168·64 and 2570; direct operations 72·256, 1152·64 and 2560.
  @Test func theSmallNetworkByHand() throws {
    let small = try summary(["small"])
    #expect(small.rows.map(\.key) == (0...7).map(String.init))
    #expect(small.totals.parameters == 3818 && small.totals.weightBytes == 4 * 3818)
    #expect(small.totals.links == 80 * 256 + 1168 * 64 + 2570)
    let operations = small.rows.reduce(0) { $0 + $1.operations.direct }
    #expect(operations == 72 * 256 + 1152 * 64 + 2560)
    #expect(small.rows[0].operations.fourier != nil && small.rows[0].method != nil)
    #expect(small.rows[5].outputShape == [16, 4, 4])
    let fields = small.rows.map { $0.receptiveRows.map { [$0.size, $0.start, $0.jump] } }
    #expect(
      fields == [
        [3, -1, 1], [3, -1, 1], [4, -1, 2], [8, -3, 2], [8, -3, 2], [10, -3, 4], [22, -3, 0], [22, -3, 0],
      ])
  }

  @Test func aFileIsSummedUp() throws {
    let file = try summary([Places.fixture("residual.yaml").path, "--input", "8x8", "--classes", "3"])
    #expect(file.rows.map(\.key) == ["0", "1", "2", "3.0.0", "3.0.1", "3.0.2", "3.1", "3", "4", "5", "6"])
    #expect(file.totals.parameters == 150 + 12 + (324 + 6) + 12 + 24 * 3 + 3)
    #expect(file.rows[7].receptiveRows == Summary.Field(size: 9, start: -4, jump: 2))
  }

  @Test func theTableNamesEverything() throws {
    let run = try Command.run(["summary", "standard"])
    #expect(run.status == 0 && run.errors.isEmpty)
    for part in ["BatchNorm2D", "32×16×16", "284,490", "Fourier", "sees"] {
      #expect(run.output.contains(part), "\(part)")
    }
  }

  @Test(arguments: [
    (["smal"], 1, "did you mean 'small'?"), (["small", "--input", "1x2x2"], 1, "at least 4×4"),
    (["small", "--input", "16"], 2, "--input"), (["small", "--input", "1x16xA"], 2, "1x16xA"),
    (["small", "--classes", "1"], 2, "--classes"), ([], 2, "name|file.yaml"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, part: String) throws {
    let run = try Command.run(["summary"] + arguments)
    #expect(run.status == status && run.errors.contains(part) && run.output.isEmpty, "\(run.errors)")
  }
}
