import ArgumentParser
import Experiments
import Formats
import Foundation

/// `basislab runs report`: a run as a page, as Markdown, or as tables for a paper.
struct RunsReport: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Write the report of a run into one file.",
    discussion: """
      A page (.html) holds everything: the answer, the data, tables, charts, atoms and filters, confusions, statistics in
      sentences, the methods ready for a paper, the command that repeats it, and references. It opens without a network,
      in light and dark, and prints. Markdown (.md) has the text and the tables, LaTeX (.tex) the tables.
      """)

  @Argument(help: "The run; the newest when left out.")
  var run: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("The file that is written.", valueName: "file"))
  var output = "report.html"

  @Option(help: "What it is written as (default: what the name of the file ends in).")
  var format: ReportFormat?

  @OptionGroup var store: StoreOptions

  @OptionGroup var common: CommonOptions

  func validate() throws { try Usage.check { _ = try chosenFormat } }

  private var chosenFormat: ReportFormat {
    get throws { try format ?? ReportFormat(endingOf: output) }
  }

  func execute() throws {
    let report = try RunReport(try store.open().run(named: run), in: URL(fileURLWithPath: store.runs))
    try AtomicFile.write(try report.text(chosenFormat), to: URL(fileURLWithPath: output))
    if !common.quiet { Console.note("Report: \(output)") }
  }
}

extension ReportFormat: ExpressibleByArgument {}
