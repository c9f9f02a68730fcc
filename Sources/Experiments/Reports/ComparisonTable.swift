import Foundation

/// The table of a comparison as plain text.
public enum ComparisonTable {
  /// The lines that show one table: what was compared, one row per model, the paired difference, the hypothesis.
  public static func lines(_ table: TableResult) -> [String] {
    var text = TextTable([
      ("", .left), ("model", .left), ("side", .left), ("accuracy %", .right), ("95 % interval", .right),
      ("validation %", .right), ("log loss", .right), ("parameters", .right), ("links", .right), ("operations", .right),
      ("fit s", .right),
    ])
    for model in table.models { text.append(row(model, in: table)) }
    return [heading(table)] + wrapped(table.design, indent: 0) + alarms(table).flatMap { wrapped($0, indent: 0) } + [""]
      + text.lines + [""] + perturbed(table) + conclusions(table)
      + remarks(table)
  }

  private static func heading(_ table: TableResult) -> String { "\(table.dataset): \(counts(table))" }

  /// How many images each part has in how many repeats.
  static func counts(_ table: TableResult) -> String {
    "\(table.counts[0]) training, \(table.counts[1]) validation, \(table.counts[2]) test images"
      + (table.hasEqualCounts ? "" : " on average") + " × "
      + (table.folds.map { "\(table.splits / $0) × \($0) folds" } ?? "\(table.splits) repeats")
  }

  /// All tables, and what learning curves say.
  public static func text(_ outcome: ComparisonOutcome) -> String {
    (outcome.tables.map(lines) + (outcome.crossovers.isEmpty ? [] : [curves(outcome)]))
      .map { $0.joined(separator: "\n") }.joined(separator: "\n\n")
  }

  /// Where learned overtakes fixed, one line for each data set.
  public static func curves(_ outcome: ComparisonOutcome) -> [String] {
    outcome.crossovers.map { "learning curve of \($0.dataset): \($0.sentence)" }
  }

  /// The accuracies on perturbed test images, a column for each strength.
  private static func perturbed(_ table: TableResult) -> [String] {
    let results = table.perturbed ?? []
    let kinds = results.map(\.perturbation).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return kinds.flatMap { kind -> [String] in
      let own = results.filter { $0.perturbation == kind }
      let strengths = own.map(\.strength).reduce(into: [Double]()) { if !$0.contains($1) { $0.append($1) } }
      var text = TextTable(
        [("", .left), ("accuracy % under", .left), ("nothing", .right)]
          + strengths.map { ("\(kind) \(Perturbation.text($0))", TextTable.Alignment.right) })
      for model in table.models {
        let accuracies = own.filter { $0.model == model.model }.map { percent($0.accuracy.mean) }
        text.append([mark(model, in: table), model.model, percent(model.accuracy.mean)] + accuracies)
      }
      return text.lines + [""]
    }
  }

  private static func mark(_ model: ModelSummary, in table: TableResult) -> String {
    model.model == table.bestFixed ? "F" : model.model == table.bestLearned ? "L" : ""
  }

  private static func row(_ model: ModelSummary, in table: TableResult) -> [String] {
    [
      mark(model, in: table), model.model, model.side.rawValue, percent(model.accuracy.mean),
      range(model.accuracy), percent(model.validationAccuracy),
      decimal(model.logLoss, 3), model.cost.parameters.groupedDigits, model.cost.links.groupedDigits,
      model.cost.operations.groupedDigits,
      decimal(model.fitSeconds, 2),
    ]
  }

  private static func conclusions(_ table: TableResult) -> [String] {
    var lines: [String] = []
    if let best = table.bestFixed { lines.append("F  best fixed model by validation accuracy: \(best)") }
    if let best = table.bestLearned { lines.append("L  best learned model by validation accuracy: \(best)") }
    if let difference = table.difference {
      lines.append("   \(sentence(difference))")
      lines.append(
        "   smallest difference that this design shows with 80 % power: \(decimal(difference.smallestDetectable * 100, 1)) points"
      )
    }
    lines += shuffled(table).flatMap { wrapped($0, indent: 3) }
    lines += pairs(table).flatMap { wrapped($0, indent: 3) }
    if let hypothesis = table.hypothesis {
      lines += wrapped("hypothesis: \(hypothesis.statement)", indent: 3)
      for clause in hypothesis.clauses { lines.append("   \(clause.answer.rawValue): \(sentence(clause.comparison))") }
    }
    return lines
  }

  /// What a reader must hear before all else: models that recognised labels which nobody can learn.
  static func alarms(_ table: TableResult) -> [String] {
    table.models.compactMap { model in
      guard let chance = model.chance, chance.isAlarm else { return nil }
      return
        "ALARM: \(model.model) recognises \(percent(Double(chance.right) / Double(chance.images))) % of the labels that "
        + "were dealt to the test images at random, and chance gives \(percent(chance.chance)) % (exact binomial test, "
        + "p = \(String(format: "%.1e", chance.pValue)) in one of \(chance.tests)). Labels of test images reach the models: believe nothing in "
        + "this table."
    }
  }

  /// What the models made of labels that were dealt anew.
  static func shuffled(_ table: TableResult) -> [String] {
    let tests = table.models.compactMap { model in model.chance.map { (model: model, test: $0) } }
    guard !tests.isEmpty else { return [] }
    let results = tests.map { item in
      "\(item.model.model) \(percent(Double(item.test.right) / Double(item.test.images))) % where chance gives "
        + "\(percent(item.test.chance)) (\(probability(item.test.pValue)))"
    }
    return ["labels dealt at random: " + results.joined(separator: ", ")]
  }

  /// What the tests of all pairs of a learned and a fixed model say together.
  static func pairs(_ table: TableResult) -> [String] {
    guard table.pairs.count > 1 else { return [] }
    let told = table.pairs.filter(\.isSignificant).map { pair in
      let comparison = pair.comparison
      return comparison.difference.mean > 0
        ? "\(comparison.model) > \(comparison.against)" : "\(comparison.against) > \(comparison.model)"
    }
    let count = "\(told.count) of the \(table.pairs.count) pairs of a learned and a fixed model differ at the 5 % level"
    return ["after Holm's correction \(count)" + (told.isEmpty ? "" : ": \(told.joined(separator: ", "))")]
      + exact(table)
  }

  /// McNemar's test of the best learned and the best fixed model.
  private static func exact(_ table: TableResult) -> [String] {
    let best = table.pairs.first {
      $0.comparison.model == table.bestLearned && $0.comparison.against == table.bestFixed
    }
    guard let best, let test = best.mcNemar else { return [] }
    return [
      "both fitted to the whole official training part: \(test.onlyModel) test images only \(best.comparison.model) "
        + "recognises, \(test.onlyAgainst) only \(best.comparison.against); exact McNemar test, "
        + "\(probability(test.pValue)), \(probability(test.adjustedPValue)) after Holm's correction"
    ]
  }

  /// A p-value as it is printed.
  static func probability(_ value: Double) -> String { value < 0.001 ? "p < 0.001" : "p = \(decimal(value, 3))" }

  private static func remarks(_ table: TableResult) -> [String] {
    let remarks = table.remarks + table.models.flatMap { model in model.remarks.map { "\(model.model): \($0)" } }
    return remarks.flatMap { wrapped("note: \($0)", indent: 3) }
  }

  /// A paired difference as a sentence.
  public static func sentence(_ difference: PairedDifference) -> String {
    let estimate = difference.difference
    return "\(difference.model) − \(difference.against) = \(points(estimate.mean)) points of accuracy, "
      + "95 % interval \(points(estimate.lower)) … \(points(estimate.upper))"
  }

  /// A difference in points with its interval.
  public static func interval(_ estimate: Estimate) -> String {
    "\(points(estimate.mean)) [\(points(estimate.lower)), \(points(estimate.upper))]"
  }

  /// The interval of an accuracy in %.
  static func range(_ estimate: Estimate) -> String { "\(percent(estimate.lower)) … \(percent(estimate.upper))" }

  /// Text in lines of at most 110 characters, broken between words.
  private static func wrapped(_ text: String, indent: Int) -> [String] {
    var lines: [String] = []
    for word in text.split(separator: " ") {
      if let last = lines.last, last.count + word.count < 110 - indent {
        lines[lines.count - 1] = "\(last) \(word)"
      } else {
        lines.append(String(word))
      }
    }
    return lines.map { String(repeating: " ", count: indent) + $0 }
  }

  /// A difference of accuracies in points, with its sign.
  static func points(_ value: Double) -> String {
    let text = decimal(abs(value) * 100, 1)
    return text == "0.0" ? text : (value < 0 ? "−" : "+") + text
  }

  /// A share in %, with one digit after the point.
  public static func percent(_ value: Double) -> String { decimal(value * 100, 1) }

  static func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}
