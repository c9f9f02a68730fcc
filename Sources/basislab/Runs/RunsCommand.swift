import ArgumentParser

/// `basislab runs`: what the store of runs holds.
struct RunsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "runs", abstract: "List, show, compare and report the runs that 'basislab compare' has made.",
    subcommands: [RunsList.self, RunsShow.self, RunsCompare.self, RunsReport.self])
}
