import ArgumentParser
import Calibration
import Experiments
import Formats
import Foundation
import Parallel
import Spectral
import Tensors

/// `basislab doctor`: what this machine has, what BasisLab uses of it, and whether it works.
struct Doctor: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Show versions, processors and libraries, and check that they work.")

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() throws {
    let report = Report()
    if json {
      try Console.resultJSON(report)
    } else {
      try report.lines.forEach(Console.result)
    }
    if !report.isHealthy { throw ExitCode(Failure.failure) }
  }
}

extension Doctor {
  /// What is shown.
  struct Report: Encodable {
    let version = CodeVersion.current
    let processor = Processor.name
    let processorsAvailable = ThreadPool.availableProcessorCount
    let threads = ThreadPool.shared.threadCount
    let libraries = [LibraryVersion.fftw, .oneDNN, .openBLAS, .png, .zlib]
    let cache = CacheFolder.standard.url.path
    let calibration = Self.calibration
    let checks = Check.all.map { check in Outcome(name: check.name, passed: check.passes()) }

    var isHealthy: Bool { checks.allSatisfy(\.passed) }

    private static var calibration: String {
      do {
        return try CalibrationStore().load().map { "of \($0.date)" }
          ?? "none for \(ThreadPool.shared.threadCount) threads of this machine; make one with 'basislab calibrate'"
      } catch {
        return "cannot be used: \(error)"
      }
    }

    var lines: [String] {
      var table = TextTable([("", .left), ("", .left)])
      table.append(["basislab", version])
      table.append(["processor", processor])
      table.append(["threads", "\(threads) of \(processorsAvailable) available"])
      for library in libraries { table.append([library.name, library.version]) }
      table.append(["cache", cache])
      table.append(["calibration", calibration])
      for check in checks { table.append([check.name, check.passed ? "works" : "FAILS"]) }
      return Array(table.lines.dropFirst(2))
    }
  }

  struct Outcome: Encodable {
    let name: String
    let passed: Bool
  }
}
