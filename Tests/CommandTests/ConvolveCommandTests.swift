import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ConvolveCommandTests {
  private struct Report: Decodable {
    struct Seconds: Decodable { let plan, prepare, median, minimum: Double }
    let method, precision: String
    let threads: Int
    let seconds: Seconds
    let shape: [Int]
  }

  private let image = Tensor<Double>([1, 2, 3, 4, 5, 6], shape: [2, 3])
  private let kernel = Tensor<Double>([1, 10], shape: [1, 2])

  private func inFolder(_ body: (_ path: (String) -> String) throws -> Void) throws {
    try Places.withTemporaryFolder { folder in
      let path = { folder.appendingPathComponent($0).path }
      try NPY.write(NumPyArray(image), to: folder.appendingPathComponent("x.npy"))
      try NPY.write(NumPyArray(kernel), to: folder.appendingPathComponent("k.npy"))
      try NPY.write(NumPyArray(image.map { Float($0) }), to: folder.appendingPathComponent("xf.npy"))
      try NPY.write(NumPyArray(kernel.map { Float($0) }), to: folder.appendingPathComponent("kf.npy"))
      try body(path)
    }
  }

  private func read(_ path: String) throws -> NumPyArray { try NPY.read(URL(fileURLWithPath: path)) }

  @Test(arguments: ["direct", "im2col", "fft", "automatic"])
  func handValues(method: String) throws {
    try inFolder { path in
      let cases: [([String], [Double])] = [
        (["--mode", "full"], [1, 12, 23, 30, 4, 45, 56, 60]), (["--mode", "valid"], [12, 23, 45, 56]),
        (["--correlate"], [21, 32, 3, 54, 65, 6]),
        (["--correlate", "--boundary", "circular"], [21, 32, 13, 54, 65, 46]),
      ]
      for (options, expected) in cases {
        let outcome = try Command.run(
          ["convolve", path("x.npy"), path("k.npy"), "--output", path("y.npy"), "--method", method] + options)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
        let y = try read(path("y.npy"))
        #expect(y.elementType == .float64)
        #expect(try y.tensor(as: Double.self).elements.map { $0.rounded() } == expected)
      }
    }
  }

  @Test func reportsTheClockAsJSON() throws {
    try inFolder { path in
      let outcome = try Command.run([
        "convolve", path("xf.npy"), path("kf.npy"), "--output", path("y.npy"), "--method", "direct", "--repeat", "5",
        "--json",
        "--threads", "1",
      ])
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(outcome.status == 0 && outcome.errors.isEmpty)
      #expect(report.method == "direct" && report.precision == "float32" && report.threads == 1)
      #expect(report.shape == [2, 3] && report.seconds.minimum > 0 && report.seconds.plan > 0)
      #expect(report.seconds.prepare > 0)
      #expect(report.seconds.median >= report.seconds.minimum)
      #expect(try read(path("y.npy")).elementType == .float32)
    }
  }

  @Test func picturesAreClippedUnlessRescaled() throws {
    try inFolder { path in
      let picture = Tensor<Float>([0, 0.2, 0.4, 1], shape: [2, 2])
      try PNG.write(PNGImage(gray: picture), to: URL(fileURLWithPath: path("x.png")))
      try NPY.write(NumPyArray(Tensor<Float>([2], shape: [1, 1])), to: URL(fileURLWithPath: path("two.npy")))
      func values(_ options: String...) throws -> [Int] {
        let arguments = ["convolve", path("x.png"), path("two.npy"), "--output", path("y.png")] + options
        #expect(try Command.run(arguments).status == 0)
        let result = try PNG.read(URL(fileURLWithPath: path("y.png")))
        return (0..<4).map { result.sample(row: $0 / 2, column: $0 % 2) }
      }
      #expect(try values() == [0, 102, 204, 255])
      #expect(try values("--rescale") == [0, 51, 102, 255])
    }
  }

  @Test func mistakesAreNamed() throws {
    try inFolder { path in
      let cases: [([String], Int32, String)] = [
        ([path("x.npy"), path("k.npy"), "--output", path("y.tif")], 2, "ends in .npy or .png"),
        ([path("x.npy"), path("k.npy"), "--output", path("y.npy"), "--mode", "sme"], 2, "'same'"),
        ([path("x.npy"), path("k.npy"), "--output", path("y.npy"), "--rescale"], 2, "ends in .png"),
        ([path("absent.npy"), path("k.npy"), "--output", path("y.npy")], 1, "there is no such file"),
        ([path("k.npy"), path("x.npy"), "--output", path("y.npy"), "--mode", "valid"], 1, "1×2"),
        ([path("x.npy"), path("k.npy"), "--output", path("no/y.npy")], 1, "does not exist"),
      ]
      for (arguments, code, part) in cases {
        let outcome = try Command.run(["convolve"] + arguments)
        #expect(outcome.status == code && outcome.errors.contains(part), "\(outcome.status) \(outcome.errors)")
        #expect(outcome.errors.hasPrefix("error: ") && outcome.output.isEmpty)
      }
      #expect(!FileManager.default.fileExists(atPath: path("y.npy")))
    }
  }
}
