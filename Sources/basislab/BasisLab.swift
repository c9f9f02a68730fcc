import ArgumentParser

/// The command `basislab`: one small file per subcommand.
@main
struct BasisLab: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "basislab",
    abstract: "How far does a fixed basis go, and when do learned filters win?",
    subcommands: [])
}
