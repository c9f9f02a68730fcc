import Foundation

/// The table of a comparison as plain text.
public enum ComparisonTable {
  /// The lines that show one table: what was compared, one row per model, the paired difference, the hypothesis.
  public static func lines(_ table: TableResult) -> [String] {
    let family = table.family
    let scores: [(String, TextTable.Alignment)] =
      [(family.heading, .right), ("95 % interval", .right)]
      + [(family == .multinomial ? "validation %" : "validation", .right)] + extras(family).map { ($0.heading, .right) }
    var text = TextTable(
      [("", .left), ("model", .left), ("side", .left)] + scores
        + [("parameters", .right), ("links", .right), ("operations", .right), ("fit s", .right)])
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

  /// What is shown besides the measure.
  private static func extras(_ family: ModelFamily) -> [(heading: String, path: KeyPath<Score, Double?>)] {
    switch family {
    case .multinomial: [("log loss", \.logLoss)]
    case .gaussian: [("R²", \.determination)]
    case .poisson: []
    }
  }

  /// The measures on perturbed test images, a column for each strength.
  private static func perturbed(_ table: TableResult) -> [String] {
    let results = table.perturbed ?? []
    let kinds = results.map(\.perturbation).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    return kinds.flatMap { kind -> [String] in
      let own = results.filter { $0.perturbation == kind }
      let strengths = own.map(\.strength).reduce(into: [Double]()) { if !$0.contains($1) { $0.append($1) } }
      var text = TextTable(
        [("", .left), ("\(table.family.heading) under", .left), ("nothing", .right)]
          + strengths.map { ("\(kind) \(Perturbation.text($0))", TextTable.Alignment.right) })
      for model in table.models {
        let scores = own.filter { $0.model == model.model }.map { model.family.text($0.score.mean) }
        text.append([mark(model, in: table), model.model, model.family.text(model.score.mean)] + scores)
      }
      return text.lines + [""]
    }
  }

  private static func mark(_ model: ModelSummary, in table: TableResult) -> String {
    model.model == table.bestFixed ? "F" : model.model == table.bestLearned ? "L" : ""
  }

  private static func row(_ model: ModelSummary, in table: TableResult) -> [String] {
    let family = model.family
    let scores =
      [family.text(model.score.mean), range(model), family.text(model.validation)]
      + extras(family).map { model.means[keyPath: $0.path].map { decimal($0, 3) } ?? "" }
    return [mark(model, in: table), model.model, model.side.rawValue] + scores + [
      model.cost.parameters.groupedDigits, model.cost.links.groupedDigits, model.cost.operations.groupedDigits,
      decimal(model.fitSeconds, 2),
    ]
  }

  private static func conclusions(_ table: TableResult) -> [String] {
    var lines: [String] = []
    let family = table.family
    if let best = table.bestFixed { lines.append("F  best fixed model by validation \(family.words): \(best)") }
    if let best = table.bestLearned { lines.append("L  best learned model by validation \(family.words): \(best)") }
    if let difference = table.difference {
      lines += wrapped(sentence(difference, family), indent: 3)
      lines.append(
        "   smallest difference that this design shows with 80 % power: \(family.amount(difference.smallestDetectable))"
      )
    }
    lines += shuffled(table).flatMap { wrapped($0, indent: 3) }
    lines += pairs(table).flatMap { wrapped($0, indent: 3) }
    if let hypothesis = table.hypothesis {
      lines += wrapped("hypothesis: \(hypothesis.statement)", indent: 3)
      for clause in hypothesis.clauses {
        lines.append("   \(clause.answer.rawValue): \(sentence(clause.comparison, family))")
      }
    }
    return lines
  }

  /// What a reader must hear before all else: models that recognised labels which nobody can learn.
  static func alarms(_ table: TableResult) -> [String] {
    table.models.compactMap { model in
      guard let chance = model.chance, chance.isAlarm else { return nil }
      let test = chance.correlation == nil ? "exact binomial test" : "one-sided test of the correlation"
      return
        "ALARM: \(model.model) \(finding(chance)) (\(test), p = \(String(format: "%.1e", chance.pValue)) in one of "
        + "\(chance.tests)). What is told of test images reaches the models: believe nothing in this table."
    }
  }

  /// What a model found that nobody can know.
  private static func finding(_ chance: ChanceVerdict) -> String {
    if let correlation = chance.correlation {
      return "predicts the numbers that were dealt to the test images at random with a correlation of "
        + "\(decimal(correlation, 3)), and chance gives 0"
    }
    let share = Double(chance.right ?? 0) / Double(chance.images)
    return
      "recognises \(percent(share)) % of the labels that were dealt to the test images at random, and chance gives "
      + "\(percent(chance.chance ?? 0)) %"
  }

  /// What the models made of labels or numbers that were dealt anew.
  static func shuffled(_ table: TableResult) -> [String] {
    let results = table.models.compactMap { model in
      model.chance.map { test in
        let result =
          test.correlation.map { "\(model.model) a correlation of \(decimal($0, 3)) where chance gives 0" }
          ?? "\(model.model) \(percent(Double(test.right ?? 0) / Double(test.images))) % where chance gives "
          + percent(test.chance ?? 0)
        return "\(result) (\(probability(test.pValue)))"
      }
    }
    let what = table.family.explainsNumbers ? "numbers" : "labels"
    return results.isEmpty ? [] : ["\(what) dealt at random: \(results.joined(separator: ", "))"]
  }

  /// What the tests of all pairs of a learned and a fixed model say together.
  static func pairs(_ table: TableResult) -> [String] {
    guard table.pairs.count > 1 else { return [] }
    let told = table.pairs.filter(\.isSignificant).map { pair in
      let comparison = pair.comparison
      let names = [comparison.model, comparison.against]
      let order = comparison.difference.mean > 0 ? names : names.reversed()
      return order.joined(separator: table.family.explainsNumbers ? " better than " : " > ")
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
  static func sentence(_ difference: PairedDifference, _ family: ModelFamily) -> String {
    let estimate = difference.difference
    return "\(family.difference(difference.model, difference.against)) = \(family.signed(estimate.mean))"
      + "\(family == .multinomial ? family.unit : ""), "
      + "95 % interval \(family.signed(estimate.lower)) … \(family.signed(estimate.upper))"
  }

  /// A lead with its interval, in points where it is one of accuracy.
  public static func interval(_ estimate: Estimate, _ family: ModelFamily) -> String {
    "\(family.signed(estimate.mean)) [\(family.signed(estimate.lower)), \(family.signed(estimate.upper))]"
  }

  /// The interval of a measure.
  static func range(_ model: ModelSummary) -> String {
    "\(model.family.text(model.score.lower)) … \(model.family.text(model.score.upper))"
  }

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

  /// Four significant digits.
  static func fourDigits(_ value: Double) -> String {
    let text = String(format: "%#.4g", value)
    return text.hasSuffix(".") ? String(text.dropLast()) : text
  }
}
