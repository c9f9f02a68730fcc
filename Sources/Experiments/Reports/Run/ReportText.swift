import Foundation

/// Results as sentences that a reader without statistics understands.
enum ReportText {
  /// What the interval of the best learned minus the best fixed model says, in words and as the name of a style.
  static func verdict(_ difference: PairedDifference) -> (text: String, name: String) {
    let interval = difference.difference
    if interval.lower > 0 && interval.upper > interval.lower { return ("learned filters win", "learned") }
    if interval.upper < 0 && interval.upper > interval.lower { return ("the fixed basis wins", "fixed") }
    return ("not shown", "open")
  }

  /// The answer of a table to the question, in one sentence.
  static func answer(_ table: TableResult) -> String? {
    guard let difference = table.difference else { return nil }
    let (learned, fixed, family) = (difference.model, difference.against, table.family)
    let interval = difference.difference
    let name = heading(table)
    switch verdict(difference).name {
    case "learned":
      return
        "On \(name), learned filters win: \(learned) is \(family.amount(interval.mean)) of \(family.words) ahead of "
        + "\(fixed), the best fixed model (95 % interval \(range(interval, family)))."
    case "fixed":
      return
        "On \(name), the fixed basis wins: \(fixed) is \(family.amount(-interval.mean)) of \(family.words) ahead of "
        + "\(learned), the best learned model (95 % interval \(range(interval.negated, family)))."
    default:
      return "On \(name), neither side is shown to be ahead: \(family.difference(learned, fixed)) = "
        + "\(family.signed(interval.mean))\(family == .multinomial ? family.unit : "") (95 % interval "
        + "\(range(interval, family)))."
    }
  }

  /// The statistics of a table, sentence by sentence.
  static func sentences(_ table: TableResult) -> [String] {
    ComparisonTable.alarms(table)
      + [best(table), limits(table), power(table), family(table), exact(table), controls(table), dealt(table)]
      .compactMap { $0 }
  }

  private static func best(_ table: TableResult) -> String? {
    guard let fixed = model(table.bestFixed, table), let learned = model(table.bestLearned, table) else { return nil }
    let family = table.family
    let scores = "\(family.quantity(fixed.score.mean)) and \(family.quantity(learned.score.mean))"
    return
      "By validation \(family.words), which is all that may decide, the best fixed model is \(fixed.model) and the best "
      + "learned model is \(learned.model). "
      + (family == .multinomial
        ? "On the test images they recognise \(scores)." : "On the test images their \(family.words) is \(scores).")
  }

  private static func limits(_ table: TableResult) -> String? {
    guard let difference = table.difference else { return nil }
    let (learned, fixed, interval) = (difference.model, difference.against, difference.difference)
    let family = table.family
    guard interval.upper > interval.lower else {
      return "All repeats agree on the difference, so nothing can be said about its uncertainty."
    }
    guard verdict(difference).name == "open" else {
      return
        "The 95 % interval of the lead of \(learned), \(range(interval, family))\(family == .multinomial ? " points" : ""), leaves out 0: chance in the choice of "
        + "images and in training is not a likely explanation."
    }
    return
      "The 95 % interval of the difference contains 0, so this experiment does not tell the two apart. It does say "
      + "how far they can lie apart: a lead of \(learned) of more than \(family.amount(max(0, interval.upper))), or of \(fixed) "
      + "of more than \(family.amount(max(0, -interval.lower))), does not fit these results."
  }

  private static func power(_ table: TableResult) -> String? {
    table.difference.map {
      "A true difference of \(table.family.amount($0.smallestDetectable)) or more would be noticed by four of five such experiments; "
        + "smaller ones are often missed."
    }
  }

  private static func family(_ table: TableResult) -> String? {
    guard table.pairs.count > 1 else { return nil }
    let count = table.pairs.count(where: \.isSignificant)
    return
      "Comparing all \(table.pairs.count) pairs of a learned and a fixed model at once makes a chance finding more "
      + "likely. After Holm’s correction, which holds that probability at 5 %, "
      + (count == 0 ? "no pair differs." : count == 1 ? "one pair differs." : "\(count) pairs differ.")
  }

  private static func exact(_ table: TableResult) -> String? {
    let best = table.pairs.first {
      $0.comparison.model == table.bestLearned && $0.comparison.against == table.bestFixed
    }
    guard let best, let test = best.mcNemar else { return nil }
    let (learned, fixed) = (best.comparison.model, best.comparison.against)
    return "Fitted once more to the whole official training part, with the setting chosen in the first repeat, "
      + "\(learned) alone recognises \(test.onlyModel) test images and \(fixed) alone \(test.onlyAgainst) (McNemar’s "
      + "exact test: \(ComparisonTable.probability(test.pValue)), after Holm’s correction "
      + "\(ComparisonTable.probability(test.adjustedPValue)))."
  }

  private static func controls(_ table: TableResult) -> String? {
    let controls = table.models.filter { $0.side == .control }
    guard !controls.isEmpty else { return nil }
    let list = controls.map { "\($0.model) \($0.family.quantity($0.score.mean))" }.joined(separator: ", ")
    return "Controls, which take part in no ranking: \(list)."
  }

  private static func dealt(_ table: TableResult) -> String? {
    let tests = table.models.filter { $0.chance != nil }
    guard !tests.isEmpty, tests.allSatisfy({ $0.chance?.isAlarm == false }) else { return nil }
    let values = tests.map { ComparisonTable.decimal($0.chance?.pValue ?? 1, 2) }.joined(separator: ", ")
    return table.family.explainsNumbers
      ? "No model predicts numbers that were dealt to the images at random better than chance does (one-sided test of the "
        + "correlation, p = \(values)), as it must be: no number of a test image reaches a model."
      : "No model recognises labels that were dealt to the images at random better than chance does (exact binomial "
        + "test, p = \(values)), as it must be: no label of a test image reaches a model."
  }

  private static func model(_ name: String?, _ table: TableResult) -> ModelSummary? {
    table.models.first { $0.model == name }
  }

  private static func heading(_ table: TableResult) -> String {
    "\(table.dataset) (\(table.counts[0]) training images)"
  }

  private static func range(_ estimate: Estimate, _ family: ModelFamily) -> String {
    "\(family.signed(estimate.lower)) to \(family.signed(estimate.upper))"
  }

  /// A time in ISO 8601 as a day in words.
  static func day(_ time: String) -> String {
    guard let date = ISO8601DateFormatter().date(from: time) else { return time }
    let formatter = DateFormatter()
    formatter.locale = Locale(identifier: "en_GB")
    formatter.dateFormat = "d MMMM yyyy"
    return formatter.string(from: date)
  }
}

extension Estimate {
  /// The same seen from the other side.
  fileprivate var negated: Estimate { Estimate(mean: -mean, lower: -upper, upper: -lower) }
}
