import ArgumentParser
import Experiments
import NeuralNetworks

/// The option that names a network.
struct NetworkOptions: ParsableArguments {
  /// The networks that have a name, for help texts.
  static let names = Architecture.allCases.map(\.rawValue).joined(separator: ", ")

  @Option(help: ArgumentHelp("A network: \(names), or a YAML file.", valueName: "name|file.yaml"))
  var network: String

  /// Finds the network that was named.
  func reference() throws -> NetworkReference { try NetworkReference(parsing: network) }

  func validate() throws { try Self.check(network) }

  /// Fails with an error of wrong usage unless it is the name of a network, or may be a file.
  static func check(_ network: String) throws {
    guard !network.hasSuffix(".yaml") && !network.hasSuffix(".yml") else { return }
    _ = try Usage.check { try Architecture(named: network) }
  }
}
