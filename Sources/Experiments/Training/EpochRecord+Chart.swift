public import Figures

extension EpochRecord {
  /// The learning curve as two charts: losses, and the share of the validation images that is not recognised.
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
    losses.curves = [
      curve("training loss", color: 0, \.loss), curve("validation log loss", color: 1, \.validationLoss),
    ].compactMap { $0 }
    guard let error = curve("validation error", color: 2, { $0.validationAccuracy.map { 100 * (1 - $0) } }) else {
      return ChartSheet([losses], columns: 1)
    }
    var errors = Chart("validation error", x: .init("epoch"), y: .init("% of the images"))
    errors.curves = [error]
    return ChartSheet([losses, errors], columns: 2)
  }
}
