import ArgumentParser
import Experiments

/// `basislab runs show`: the tables of a run as `compare` printed them.
struct RunsShow: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "show", abstract: "Show the tables of a run as 'compare' printed them, or its evaluations.")

  @Argument(help: "The run; the newest when left out.")
  var run: String?

  @Flag(help: "Show every evaluation on validation and test images with its purpose, instead of the tables.")
  var evaluations = false

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var store: StoreOptions

  @OptionGroup var common: CommonOptions

  func execute() throws {
    let opened = try store.open()
    let found = try opened.run(named: run)
    if evaluations {
      try show(try opened.evaluations(of: found))
    } else if json {
      try Console.resultJSON(found.outcome)
    } else {
      let outcome = found.outcome
      if !outcome.tables.isEmpty { try Console.result(ComparisonTable.text(outcome)) }
    }
    if found.state == .unfinished && !common.quiet {
      Console.note(
        "\(found.name): \(found.outcome.tables.count) of \(found.parts.count) tables are finished. "
          + "To go on: \(found.resumption(in: store))")
    }
  }

  private func show(_ evaluations: [RecordedEvaluation]) throws {
    if json { return try Console.resultJSON(evaluations) }
    var table = TextTable([
      ("data", .left), ("repeat", .right), ("model", .left), ("part", .left), ("images", .right), ("setting", .left),
      ("score", .right), ("purpose", .left),
    ])
    for item in evaluations {
      let evaluation = item.evaluation
      table.append([
        item.table, "\(item.split)", item.model, evaluation.part.rawValue, "\(evaluation.images)", evaluation.setting,
        item.family.quantity(evaluation.score[item.family]), evaluation.purpose,
      ])
    }
    try table.lines.forEach(Console.result)
  }
}
