import Foundation
import TestSupport
import Testing

@Suite struct CalibrateCommandTests {
  /// Runs with a cache folder of its own.
  private func run(_ arguments: [String], cache: URL) throws -> Command.Outcome {
    try Command.run(arguments, environment: ["XDG_CACHE_HOME": cache.path])
  }

  /// What the doctor says about a calibration that there is.
  nonisolated(unsafe) private static let measured = /calibration +of 20/

  private let quick = ["calibrate", "--budget", "1e-5"]

  @Test func aCalibrationIsKeptAndFound() throws {
    try Places.withTemporaryFolder { cache in
      let before = try run(["doctor"], cache: cache)
      #expect(before.output.contains("\(cache.path)/basislab") && before.output.contains("basislab calibrate"))
      let calibration = try run(quick + ["--threads", "1"], cache: cache)
      #expect(calibration.status == 0 && calibration.output.isEmpty, "\(calibration.errors)")
      #expect(calibration.errors.contains("calibrating float64") && calibration.errors.contains("calibration.json"))
      #expect(try run(["doctor", "--threads", "1"], cache: cache).output.contains(Self.measured))
      #expect(try run(["doctor", "--threads", "3"], cache: cache).output.contains("none for 3 threads"))
    }
  }

  @Test func manyAtOnceKeepEachOthers() throws {
    try Places.withTemporaryFolder { cache in
      let threads = 1...4
      DispatchQueue.concurrentPerform(iterations: threads.count) { index in
        let outcome = try? run(quick + ["--quiet", "--threads", "\(index + 1)"], cache: cache)
        #expect(outcome?.status == 0 && outcome?.errors == "")
      }
      for count in threads {
        let doctor = try run(["doctor", "--threads", "\(count)"], cache: cache)
        #expect(doctor.output.contains(Self.measured), "\(count): \(doctor.output)")
      }
    }
  }

  @Test func aFolderThatCannotBeWrittenCostsOneWarning() throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("file")
      try Data().write(to: file)
      let outcome = try run(quick + ["--json"], cache: file)
      #expect(outcome.status == 0 && outcome.output.hasPrefix("{"))
      #expect(outcome.errors.components(separatedBy: "warning: ").count == 2, "\(outcome.errors)")
    }
  }

  @Test func wrongUsageIsNamed() throws {
    for (command, budget) in [("calibrate", "0"), ("calibrate", "1e-9"), ("calibrate", "inf"), ("crossover", "nan")] {
      let outcome = try Command.run([command, "--budget", budget])
      #expect(outcome.status == 2 && outcome.errors.contains("--budget: expected from 0.00001 to 60 seconds"))
    }
  }
}
