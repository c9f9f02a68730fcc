import Foundation

extension FitReport {
  /// The report as text: what was fitted, how well, the parameters, and what the reader must know.
  public var lines: [String] {
    let warning = converged ? [] : ["NOT CONVERGED: what follows is no optimum, and no conclusion rests on it.", ""]
    let table = coefficients.isEmpty ? [] : [""] + coefficientTable
    return warning + [title] + summary + table + diagnostics.map { "note: \($0)" }
  }

  /// The losses of the values of λ that were tried.
  public var pathLines: [String] {
    guard let path else { return [] }
    let hasLoss = path.steps.contains { $0.loss != nil }
    var table = TextTable(
      [
        ("", .left), ("λ", .right), ("effective parameters", .right), ("columns", .right), ("deviance", .right),
        ("BIC", .right),
      ]
        + (hasLoss ? [("held-out loss", .right), ("standard error", .right)] : []) + [("", .left)])
    for (place, step) in path.steps.enumerated() {
      table.append(
        [
          place == path.chosen ? "*" : "", Self.number(step.strength), Self.decimal(step.degreesOfFreedom, 1),
          "\(step.activeColumns)", Self.number(step.deviance), Self.number(step.bic),
        ] + (hasLoss ? [step.loss, step.standardError].map { $0.map(Self.number) ?? "" } : [])
          + [step.converged ? "" : "not converged"])
    }
    return table.lines
  }

  private var title: String {
    "\(family) GLM with \(link) link on \(features) of \(dataset): \(dimension) features"
      + (isStandardized ? ", standardised" : "")
  }

  private var summary: [String] {
    let explained = nullDeviance > 0 ? 100 * (1 - deviance / nullDeviance) : 0
    let entries: [(String, String)] =
      [
        ("penalty", penalty + (path.map { ", by \($0.rule)" } ?? "")),
        ("solver", "\(solver), \(iterations) iterations, gradient norm \(Self.number(gradientNorm)): \(verdict)"),
        (
          "deviance",
          "\(Self.number(deviance)) of \(Self.number(nullDeviance)), \(Self.decimal(explained, 1)) % explained"
        ),
        (
          "parameters",
          "\(Self.decimal(degreesOfFreedom, 1)) effective, \(Self.decimal(residualDegreesOfFreedom, 1)) degrees of freedom left"
        ),
        ("AIC, BIC", "\(Self.number(aic)), \(Self.number(bic))"),
      ] + (family == "gaussian" ? [("variance", dispersion.isFinite ? Self.number(dispersion) : "not determined")] : [])
      + [("training", train.text)] + (test.map { [("test", $0.text)] } ?? [])
    return entries.map { name, value in name.padding(toLength: 12, withPad: " ", startingAt: 0) + value }
  }

  private var verdict: String { converged ? "converged" : "did not converge" }

  private var coefficientTable: [String] {
    let hasScores = Set(coefficients.map(\.score)).count > 1
    let statistic = family == "gaussian" ? "t" : "z"
    var table = TextTable(
      (hasScores ? [("class", .left)] : [])
        + [
          ("feature", .left), ("coefficient", .right), ("std. error", .right), (statistic, .right),
          ("P(>|\(statistic)|)", .right), ("95 % interval", .right),
        ])
    for row in coefficients {
      table.append(
        (hasScores ? [row.score] : []) + [
          row.feature, Self.number(row.estimate), Self.number(row.standardError), Self.decimal(row.statistic, 2),
          row.pValue < 0.0005 ? "<0.001" : Self.decimal(row.pValue, 3),
          "\(Self.number(row.interval[0])) … \(Self.number(row.interval[1]))",
        ])
    }
    return (hasScores ? ["Coefficients against the first class:"] : []) + table.lines
  }

  static func number(_ value: Double) -> String { String(format: "%.4g", value) }

  static func decimal(_ value: Double, _ digits: Int) -> String { String(format: "%.\(digits)f", value) }
}

extension FitScore {
  /// The score in words.
  var text: String {
    var parts = ["\(images) images"]
    if let accuracy {
      parts.append(
        "error \(Self.percent(1 - accuracy.mean)) %, 95 % interval \(Self.percent(1 - accuracy.upper)) … "
          + Self.percent(1 - accuracy.lower))
    }
    if let logLoss { parts.append("log loss \(FitReport.decimal(logLoss, 4))") }
    if let rootMeanSquaredError { parts.append("root mean squared error \(FitReport.number(rootMeanSquaredError))") }
    if let determination { parts.append("R² \(FitReport.decimal(determination, 4))") }
    return parts.joined(separator: "; ")
  }

  private static func percent(_ share: Double) -> String { FitReport.decimal(100 * share, 2) }
}
