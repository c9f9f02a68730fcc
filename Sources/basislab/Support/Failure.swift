import ArgumentParser
import Foundation
import Tensors

/// How the command ends when something went wrong: 2 for wrong usage, 1 for a failure, one or two lines on standard error.
enum Failure {
  static let wrongUsage: Int32 = 2
  static let failure: Int32 = 1

  static func exit(with error: any Error, configuration: ConfigurationFile?) -> Never {
    if BasisLab.exitCode(for: error) == .success {
      do { try Console.result(BasisLab.fullMessage(for: error)) } catch { exit(with: error, configuration: nil) }
      Foundation.exit(0)
    }
    if let code = error as? ExitCode { Foundation.exit(code.rawValue) }
    if let problem = error as? InputError {
      Console.note("error: \(problem)")
      Foundation.exit(failure)
    }
    let code = BasisLab.exitCode(for: error)
    let place = configuration?.place(of: BasisLab.message(for: error)).map { "\($0): " } ?? ""
    Console.note(
      "error: \(place)" + (code == .validationFailure ? usageMessage(for: error) : BasisLab.message(for: error)))
    Foundation.exit(code == .validationFailure ? wrongUsage : failure)
  }

  private static func usageMessage(for error: any Error) -> String {
    let lines = BasisLab.fullMessage(for: error).split(separator: "\n", omittingEmptySubsequences: true)
    let usage = lines.first { $0.hasPrefix("Usage:") }.map { "\n\($0)" } ?? ""
    return BasisLab.message(for: error) + usage
  }
}
