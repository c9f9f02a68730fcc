import ArgumentParser
import Parallel

/// The options that mean the same in every subcommand.
struct CommonOptions: ParsableArguments {
  @Option(help: "Threads to compute on (default: the processors that this process may use).")
  var threads: Int?

  @Flag(name: .shortAndLong, help: "No progress and no remarks on standard error.")
  var quiet = false

  @Option(help: ArgumentHelp("A YAML file with any of these options.", valueName: "file.yaml"))
  var config: String?

  func validate() throws {
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: expected a number from 1 to 1024, got \(threads)")
    }
  }
}

/// A subcommand: its options and what it does with them.
protocol Subcommand: ParsableCommand {
  var common: CommonOptions { get }

  /// Does the work, after the options have been checked and the threads set.
  func execute() throws
}

extension Subcommand {
  func run() throws {
    if let threads = common.threads { ThreadPool.configure(threadCount: threads) }
    try execute()
  }
}
