import Formats
import Foundation
import Tensors
import TestSupport
import Testing

/// FFTW's wisdom belongs to a whole process, so these tests run in processes of their own.
@Suite struct WisdomTests {
  private struct File: Codable {
    struct Entry: Codable {
      struct Key: Codable { let processor, library, precision: String }
      let key: Key
      var text: String
    }
    let format: Int
    var entries: [Entry]
  }

  private func run(_ arguments: [String], cache: URL) throws -> Command.Outcome {
    try Command.run(arguments, environment: ["XDG_CACHE_HOME": cache.path])
  }

  private func file(in cache: URL) -> URL { cache.appendingPathComponent("basislab/wisdom.json") }

  private func read(in cache: URL) throws -> File {
    try JSONDecoder().decode(File.self, from: Data(contentsOf: file(in: cache)))
  }

  private func write(_ text: String, in cache: URL) throws {
    let url = file(in: cache)
    try FileManager.default.createDirectory(at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
    try Data(text.utf8).write(to: url)
  }

  private let calibrate = ["calibrate", "--budget", "1e-5", "--quiet"]

  /// A convolution that plans a transform.
  private func convolve(in cache: URL) throws -> Command.Outcome {
    let path = { cache.appendingPathComponent($0).path }
    try NPY.write(NumPyArray(Tensor<Float>(repeating: 1, shape: [40, 40])), to: URL(fileURLWithPath: path("x.npy")))
    return try run(
      ["convolve", path("x.npy"), path("x.npy"), "--output", path("y.npy"), "--method", "fft"], cache: cache)
  }

  @Test func calibratingKeepsWisdomInBothPrecisions() throws {
    try Places.withTemporaryFolder { cache in
      #expect(try run(calibrate, cache: cache).status == 0)
      let wisdom = try read(in: cache)
      #expect(wisdom.entries.map(\.key.precision).sorted() == ["float32", "float64"])
      for entry in wisdom.entries { #expect(entry.text.contains("fftw") && entry.text.count > 100) }
      let outcome = try convolve(in: cache)
      #expect(outcome.status == 0 && !outcome.errors.contains("warning"), "\(outcome.errors)")
    }
  }

  @Test func severalProcessesAtOnceLeaveOneWholeFile() throws {
    try Places.withTemporaryFolder { cache in
      DispatchQueue.concurrentPerform(iterations: 4) { _ in
        let outcome = try? run(calibrate, cache: cache)
        #expect(outcome?.status == 0 && outcome?.errors == "", "\(outcome?.errors ?? "")")
      }
      #expect(try read(in: cache).entries.count == 2)
      let left = try FileManager.default.contentsOfDirectory(atPath: cache.appendingPathComponent("basislab").path)
      #expect(left.sorted() == ["calibration.json", "lock", "wisdom.json"])
    }
  }

  @Test(arguments: ["", "{}", "{\"format\": 99, \"entries\": []}", "nonsense"])
  func aDamagedFileCostsOneWarning(text: String) throws {
    try Places.withTemporaryFolder { cache in
      try write(text, in: cache)
      let outcome = try convolve(in: cache)
      #expect(
        outcome.status == 0 && outcome.errors.components(separatedBy: "warning: ").count == 2, "\(outcome.errors)")
      #expect(try run(calibrate, cache: cache).status == 0)
      #expect(try convolve(in: cache).errors.contains("warning") == false)
    }
  }

  @Test func wisdomThatFFTWDoesNotUnderstandCostsOneWarning() throws {
    try Places.withTemporaryFolder { cache in
      #expect(try run(calibrate, cache: cache).status == 0)
      var wisdom = try read(in: cache)
      for index in wisdom.entries.indices { wisdom.entries[index].text = "(not wisdom" }
      try write(JSONText.encode(wisdom), in: cache)
      let outcome = try convolve(in: cache)
      #expect(
        outcome.status == 0 && outcome.errors.components(separatedBy: "warning: ").count == 2, "\(outcome.errors)")
      #expect(outcome.errors.contains("FFTW does not understand"), "\(outcome.errors)")
    }
  }
}
