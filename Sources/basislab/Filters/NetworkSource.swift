import ArgumentParser
import Datasets
import Experiments
import Foundation

/// Where networks come from, with their images: a run of `compare`, or a data set with a weights file.
///
/// The first word is a run unless a network is given.
struct NetworkSource: ParsableArguments {
  @Argument(
    help: ArgumentHelp("A run of 'compare'; or a built-in family or NPZ file.", valueName: "run|name|file.npz"))
  var subject: String

  @Option(help: ArgumentHelp("A network: \(NetworkOptions.names), or a YAML file.", valueName: "name|file.yaml"))
  var network: String?

  @Option(help: ArgumentHelp("The weights of the network.", valueName: "file.safetensors"))
  var weights: String?

  @Option(help: ArgumentHelp("The table of a run that has several.", valueName: "data"))
  var table: String?

  @OptionGroup var options: DataOptions

  @OptionGroup var store: StoreOptions

  /// Whether the first word is a run.
  var isRun: Bool { network == nil && weights == nil && !namesData }

  /// Whether the first word can only be a data set.
  private var namesData: Bool {
    subject.hasSuffix(".npz") || SyntheticFamilies.names.contains(subject)
  }

  func validate() throws {
    guard (network == nil) == (weights == nil) else {
      throw ValidationError("expected --network and --weights together")
    }
    if let network { try NetworkOptions.check(network) }
    if isRun {
      if options.groups != nil { throw ValidationError("--groups: a run has its groups already") }
    } else {
      if table != nil { throw ValidationError("--table goes with a run") }
      try options.check(subject)
    }
  }

  /// The network that was given with its weights; `nil` where there is none.
  func given() throws -> (network: NetworkReference, weights: URL)? {
    guard let network, let weights else { return nil }
    return (try NetworkReference(parsing: network), URL(fileURLWithPath: weights))
  }

  /// The table of the run.
  func reopened() throws -> ReopenedTable {
    try ReopenedTable(store.open().run(named: subject), in: URL(fileURLWithPath: store.runs), label: table)
  }
}
