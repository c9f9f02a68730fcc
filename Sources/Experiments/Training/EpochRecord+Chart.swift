public import Figures

extension EpochRecord {
  /// The learning curve as two charts: losses, and the share of the validation images that is not recognised, or the error of
  /// their numbers.
  ///
  /// - Parameters:
  ///   - records: The epochs, at least one.
  ///   - title: What stands above the losses.
  /// - Returns: One chart where there is no validation part.
  public static func chart(_ records: [EpochRecord], title: String) -> ChartSheet {
    func curve(_ name: String, color: Int, _ value: (EpochRecord) -> Double?) -> Chart.Curve? {
      let points = records.compactMap { record in value(record).map { (Double(record.epoch), $0) } }
      return points.isEmpty ? nil : Chart.Curve(name, points, color: color)
    }
    var losses = Chart(title, x: .init("epoch"), y: .init("loss"))
    let hasClasses = records.contains { $0.validationAccuracy != nil }
    let error = curve("validation error", color: 2) { record in
      hasClasses ? record.validationAccuracy.map { 100 * (1 - $0) } : record.validationLoss
    }
    losses.curves = [
      curve("training loss", color: 0, \.loss),
      hasClasses ? curve("validation log loss", color: 1, \.validationLoss) : nil,
    ].compactMap { $0 }
    guard let error else { return ChartSheet([losses], columns: 1) }
    var errors = Chart(
      "validation error", x: .init("epoch"), y: .init(hasClasses ? "% of the images" : "error of the numbers"))
    errors.curves = [error]
    return ChartSheet([losses, errors], columns: 2)
  }
}
