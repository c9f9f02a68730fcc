import ArgumentParser

/// `basislab data`: what data sets there are, what is in them, and how to make them.
struct DataCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "data", abstract: "List, inspect, show and make data sets.",
    subcommands: [DataList.self, DataInfo.self, DataPreview.self, DataMake.self])
}
