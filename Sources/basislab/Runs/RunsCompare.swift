import ArgumentParser
import Experiments
import Tensors

/// `basislab runs compare`: two runs side by side.
struct RunsCompare: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "compare", abstract: "Put two runs side by side, model by model.",
    discussion: "The options in which they differ come first; then the accuracies of each model on each data set.")

  @Argument(help: "The first run.")
  var first: String

  @Argument(help: "The second run.")
  var second: String

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var common: CommonOptions

  func execute() throws {
    let opened = try store.open()
    let comparison = RunComparison(try opened.run(named: first), try opened.run(named: second))
    if json { return try Console.resultJSON(comparison) }
    guard !comparison.tables.isEmpty else {
      throw InputError("\(first) and \(second)", "have no finished data set in common")
    }
    try comparison.lines.forEach(Console.result)
  }
}
