import ArgumentParser
import Experiments
import Foundation
import Tensors

/// The command `basislab`: one small file per subcommand.
@main
struct BasisLab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "basislab",
    abstract: "How far does a fixed basis go, and when do learned filters win?",
    discussion: """
      Results go to standard output, everything else to standard error. Every subcommand takes --threads, --quiet and \
      --config FILE.yaml, which may hold any of its options; options on the command line override it.
      """,
    version: CodeVersion.current,
    subcommands: [
      Atoms.self, BenchCommand.self, Calibrate.self, Compare.self, Convolve.self, CrossoverCommand.self,
      DataCommand.self, Doctor.self, EquivarianceCommand.self, FeaturesCommand.self, FitCommand.self, Predict.self,
      Project.self, ReTie.self, RunsCommand.self, Summary.self, Train.self, Verify.self,
    ])

  static func main() {
    for number in [SIGXFSZ, SIGPIPE] { signal(number, SIG_IGN) }
    var configuration: ConfigurationFile?
    do {
      let arguments = Array(CommandLine.arguments.dropFirst())
      try checkSubcommand(arguments)
      configuration = try ConfigurationFile(namedIn: arguments)
      var command = try parseAsRoot(configuration?.arguments ?? arguments)
      try command.run()
    } catch {
      Failure.exit(with: error, configuration: configuration)
    }
  }

  /// Names the subcommand that a mistyped one was meant to be.
  private static func checkSubcommand(_ arguments: [String]) throws {
    guard let word = arguments.first, !word.hasPrefix("-") else { return }
    let names = configuration.subcommands.map { $0._commandName } + ["help"]
    if !names.contains(word) {
      throw ValidationError(Suggestion.unknown(word, kind: "subcommand", accepted: names).description)
    }
  }
}
