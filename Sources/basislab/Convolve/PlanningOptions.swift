import ArgumentParser
import Calibration
import Spectral
import Tensors

/// The options that decide and explain how a convolution is planned.
struct PlanningOptions: ParsableArguments {
  @Flag(help: "Show every method: predicted time, memory, multiply-adds, roofline, and the regret of the choice.")
  var explain = false

  @Flag(help: "With --explain: run every method and show its time.")
  var measure = false

  @Option(
    help: ArgumentHelp(
      """
      The memory that the convolution may take, such as 512MiB. With one kernel and a mode, images go from .npy to .npy by \
      blocks and all stays within it; otherwise it holds only for what methods need besides the images.
      """, valueName: "bytes"))
  var memoryLimit: String?

  func validate() throws {
    guard explain || !measure else { throw ValidationError("--measure: shows its times in the table of --explain") }
    _ = try Usage.check { try memoryLimit.map { try ByteCount(parsing: $0) } }
  }

  /// What plans: by this machine's calibration where there is one, within the limit.
  ///
  /// - Parameter isQuiet: Whether nothing may be said about a calibration that cannot be used.
  /// - Returns: The planner.
  /// - Throws: `InputError` where the limit is not understood.
  func planner(isQuiet: Bool) throws -> ConvolutionPlanner {
    var planner = ConvolutionPlanner.calibrated { if !isQuiet { Console.note($0) } }
    planner.memoryLimit = try memoryLimit.map { try ByteCount(parsing: $0).bytes }
    return planner
  }
}
