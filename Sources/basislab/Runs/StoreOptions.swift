import ArgumentParser
import Experiments
import Foundation

/// The option that says which store is read.
struct StoreOptions: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of runs.", valueName: "folder"))
  var runs = Compare.defaultOutput

  func open() throws -> RunStore { try RunStore.existing(in: URL(fileURLWithPath: runs)) }
}

extension Run.State: ExpressibleByArgument {}

extension Run {
  /// How to go on with it, where it is not finished.
  func resumption(in options: StoreOptions) -> String {
    let place = options.runs == Compare.defaultOutput ? "" : " --output \(options.runs)"
    return "basislab compare --resume \(name)\(place)"
  }
}
