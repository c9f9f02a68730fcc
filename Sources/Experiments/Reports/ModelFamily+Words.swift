import Foundation

extension ModelFamily {
  /// The measure at the head of a column.
  var heading: String {
    switch self {
    case .multinomial: "accuracy %"
    case .gaussian: "RMSE"
    case .poisson: "deviance"
    }
  }

  /// The measure in a sentence.
  var words: String {
    switch self {
    case .multinomial: "accuracy"
    case .gaussian: "root mean squared error"
    case .poisson: "Poisson deviance"
    }
  }

  /// The measure at the beginning of a caption.
  var title: String { words.prefix(1).uppercased() + words.dropFirst() }

  /// The measure at the axis of a chart.
  var axis: String { self == .multinomial ? "accuracy on test images, %" : "\(words) on test images" }

  /// What a difference is counted in, behind its number.
  var unit: String { self == .multinomial ? " points of accuracy" : " of \(words)" }

  /// The number of which a chart shows the measure.
  func shown(_ value: Double) -> Double { self == .multinomial ? 100 * value : value }

  /// The interval as a chart shows it.
  func shown(_ estimate: Estimate) -> ClosedRange<Double> { shown(estimate.lower)...shown(estimate.upper) }

  /// A measure as it is printed: a share in % with one digit after the point, or four digits.
  public func text(_ value: Double) -> String {
    self == .multinomial ? ComparisonTable.percent(value) : ComparisonTable.fourDigits(value)
  }

  /// A measure in a sentence, with the sign of its unit.
  public func quantity(_ value: Double) -> String { text(value) + (self == .multinomial ? " %" : "") }

  /// A lead as it is printed, in points or with four digits, with its sign.
  func signed(_ value: Double) -> String {
    guard self != .multinomial else { return ComparisonTable.points(value) }
    return value == 0 ? "0" : (value < 0 ? "−" : "+") + ComparisonTable.fourDigits(abs(value))
  }

  /// The size of a lead without its sign: `1.0 point`, `2.3 points`, `0.1234`.
  func amount(_ value: Double) -> String {
    guard self == .multinomial else { return ComparisonTable.fourDigits(value) }
    let text = ComparisonTable.decimal(value * 100, 1)
    return text == "1.0" ? "1.0 point" : "\(text) points"
  }

  /// What the lead of a model over another one is the difference of.
  func difference(_ model: String, _ against: String) -> String {
    self == .multinomial ? "\(model) − \(against)" : "\(heading) of \(against) − \(heading) of \(model)"
  }
}
