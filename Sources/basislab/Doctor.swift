import ArgumentParser
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
    let checks = Check.all.map { check in Outcome(name: check.name, passed: check.passes()) }

    var isHealthy: Bool { checks.allSatisfy(\.passed) }

    var lines: [String] {
      var table = TextTable([("", .left), ("", .left)])
      table.append(["basislab", version])
      table.append(["processor", processor])
      table.append(["threads", "\(threads) of \(processorsAvailable) available"])
      for library in libraries { table.append([library.name, library.version]) }
      for check in checks { table.append([check.name, check.passed ? "works" : "FAILS"]) }
      return Array(table.lines.dropFirst(2))
    }
  }

  struct Outcome: Encodable {
    let name: String
    let passed: Bool
  }
}
