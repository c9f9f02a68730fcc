import Formats
import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

/// Images that the command reads and writes by blocks because of a low `--memory-limit`.
@Suite struct BigImageTests {
  private struct Report: Decodable {
    struct Blocks: Decodable {
      let count: Int
      let shape: [Int]
    }
    let method, precision: String
    let shape: [Int]
    let blocks: Blocks
    let peakMemoryBytes: Int?
  }

  /// Runs a body with a folder that holds an image `x.npy` of 12 MB and a kernel `k.npy`.
  private func inFolder(
    image: Tensor<Float>? = nil, kernel: [Int] = [21, 15], _ body: (URL, Tensor<Float>, Tensor<Float>) throws -> Void
  ) throws {
    let image = image ?? randomTensor([1700, 1700], seed: 401)
    let kernel: Tensor<Float> = randomTensor(kernel, seed: 402)
    try Places.withTemporaryFolder { folder throws in
      try NPY.write(NumPyArray(image), to: folder.appendingPathComponent("x.npy"))
      try NPY.write(NumPyArray(kernel), to: folder.appendingPathComponent("k.npy"))
      try body(folder, image, kernel)
    }
  }

  private func run(
    _ folder: URL, _ options: String..., output: String = "y.npy", fileSizeLimit: Int? = nil,
    sending signal: (number: Int32, whenExists: String)? = nil
  ) throws -> Command.Outcome {
    try Command.run(
      ["convolve", "x.npy", "k.npy", "--output", output, "--memory-limit", "44MiB"] + options, in: folder,
      fileSizeLimit: fileSizeLimit, sending: signal)
  }

  private func names(_ folder: URL) throws -> [String] {
    try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
  }

  /// A 64 MiB image and a limit an eighth of that beyond the program itself, as 512 MiB are for 4 GiB.
  @Test(arguments: [Boundary.zero, .reflect])
  func theLimitHoldsAndTheResultIsThatOfWholeImages(boundary: Boundary) throws {
    try inFolder(image: randomTensor([4096, 4096], seed: 403), kernel: [63, 63]) { folder, image, kernel in
      let outcome = try Command.run(
        [
          "convolve", "x.npy", "k.npy", "--output", "y.npy", "--memory-limit", "48MiB", "--boundary", boundary.rawValue,
          "--json", "--quiet",
        ], in: folder)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(outcome.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.shape == [4096, 4096] && report.precision == "float32" && report.blocks.count > 8)
      #expect(report.peakMemoryBytes.map { $0 < 48 << 20 } ?? true, "\(report)")
      let result: Tensor<Float> = try NPY.read(folder.appendingPathComponent("y.npy")).tensor()
      let expected = try convolve(image, kernel, mode: .same, boundary: boundary)
      #expect(relativeError(result, expected) < 1e-5)
      #expect(try names(folder) == ["k.npy", "x.npy", "y.npy"])
    }
  }

  @Test func stacksOptionsAndOtherTypes() throws {
    var image: Tensor<Float> = randomTensor([5, 500, 600], seed: 404).map { (100 * $0).rounded() }
    image[3, 100, 7] = .nan
    try inFolder(image: image) { folder, image, kernel in
      try NPY.write(NumPyArray(image.map { Double($0) }), to: folder.appendingPathComponent("x.npy"))
      let outcome = try run(folder, "--mode", "full", "--boundary", "circular", "--correlate", "--json")
      let report = try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8))
      #expect(report.blocks.count > 1 && report.precision == "float64")
      let result: Tensor<Double> = try NPY.read(folder.appendingPathComponent("y.npy")).tensor()
      let expected = try crossCorrelate(
        image.map { Double($0) }, kernel.map { Double($0) }, mode: .full, boundary: .circular)
      #expect(zip(result.elements, expected.elements).allSatisfy { $0.isNaN == $1.isNaN })
      #expect(relativeError(result.map { $0.isNaN ? 0 : $0 }, expected.map { $0.isNaN ? 0 : $0 }) < 1e-13)
    }
  }

  @Test func explainsHowABlockIsComputed() throws {
    try inFolder { folder, _, _ in
      let outcome = try run(folder, "--explain", "--quiet")
      #expect(outcome.status == 0 && outcome.output.contains("overlapSave"), "\(outcome)")
    }
  }

  @Test func theOutputMayReplaceTheImage() throws {
    try inFolder { folder, image, kernel in
      let outcome = try run(folder, output: "x.npy")
      #expect(outcome.status == 0 && outcome.errors.contains("blocks"), "\(outcome.errors)")
      let result: Tensor<Float> = try NPY.read(folder.appendingPathComponent("x.npy")).tensor()
      #expect(relativeError(result, try convolve(image, kernel, mode: .same, boundary: .zero)) < 1e-5)
      #expect(try names(folder) == ["k.npy", "x.npy"])
    }
  }

  @Test func progressIsALineForEveryTenth() throws {
    try inFolder { folder, _, _ in
      let lines = try run(folder).errors.split(separator: "\n")
      #expect((3...11).contains(lines.count) && lines.allSatisfy { $0.contains(" blocks") }, "\(lines)")
      #expect(lines.dropLast().allSatisfy { $0.contains("million outputs/s, about") && $0.hasSuffix("s left") })
      #expect(try run(folder, "--quiet").errors.isEmpty)
    }
  }

  /// The limit of a file's size stands for a full disk, which shows before any work.
  @Test func faultsLeaveNothingBehind() throws {
    try inFolder { folder, _, _ in
      let manager = FileManager.default
      let cases: [(Command.Outcome, String)] = [
        (try run(folder, fileSizeLimit: 4096), "nothing was written"),
        (try run(folder, output: "none/y.npy"), "does not exist"),
        (try run(folder, "--memory-limit", "40MiB"), "the program itself needs 40 MiB"),
      ]
      for (outcome, part) in cases {
        #expect(outcome.status == 1 && outcome.errors.hasPrefix("error: "), "\(outcome)")
        #expect(outcome.errors.contains(part), "\(outcome.errors)")
      }
      let image = folder.appendingPathComponent("x.npy")
      #expect(truncate(image.path, 5_000_000) == 0)
      let truncated = try run(folder)
      #expect(truncated.status == 1 && truncated.errors.contains("truncated or damaged"), "\(truncated.errors)")
      try manager.removeItem(at: image)
      let absent = try run(folder)
      #expect(absent.status == 1 && absent.errors.contains("there is no such file"), "\(absent.errors)")
      #expect(try names(folder) == ["k.npy"])
    }
  }

  @Test func aRefusalNamesAMethodThatFits() throws {
    try inFolder(kernel: [255, 255]) { folder, _, _ in
      let outcome = try run(folder, "--memory-limit", "48MiB", "--method", "fft")
      #expect(outcome.status == 1 && outcome.errors.contains("more than the limit of 48 MiB"), "\(outcome.errors)")
      #expect(outcome.errors.contains("The method '"), "\(outcome.errors)")
      #expect(try names(folder) == ["k.npy", "x.npy"])
    }
  }

  @Test func anInterruptedConvolutionLeavesNothing() throws {
    try inFolder(kernel: [101, 101]) { folder, _, _ in
      let outcome = try run(folder, "--method", "direct", "--repeat", "200", sending: (SIGINT, ".part"))
      #expect(outcome.status == 130 && outcome.errors.contains("Interrupted"), "\(outcome)")
      #expect(try names(folder) == ["k.npy", "x.npy"])
    }
  }

  @Test func fortranOrderIsRefusedByName() throws {
    try inFolder { folder, image, _ in
      let url = folder.appendingPathComponent("x.npy")
      var bytes = [UInt8](try Data(contentsOf: url))
      let place = try #require(bytes.firstRange(of: Array("False".utf8)))
      bytes.replaceSubrange(place, with: Array("True ".utf8))
      try Data(bytes).write(to: url)
      let outcome = try run(folder)
      #expect(outcome.status == 1 && outcome.errors.contains("Fortran order"), "\(outcome.errors)")
    }
  }
}
