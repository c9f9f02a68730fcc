import ArgumentParser
import Workloads

/// The options of every measurement.
struct BenchOptions: ParsableArguments {
  @Option(help: "Seconds that the runs fill; their median counts.")
  var seconds = 1.0

  @Flag(help: "One JSON document on standard output.")
  var json = false

  func validate() throws {
    guard (0...3600).contains(seconds) else {
      throw ValidationError("--seconds: expected 0…3600 seconds, got \(seconds)")
    }
  }

  /// Measures a work and prints what it shows.
  func measure(_ workload: any Workload) throws {
    let report = try BenchReport(workload, seconds: seconds)
    if json { try Console.resultJSON(report) } else { try Console.result(report.line) }
  }
}
