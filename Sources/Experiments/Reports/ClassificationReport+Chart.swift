public import Figures

extension ClassificationReport {
  /// The confusion matrix as a picture: a row for each true class, a column for each predicted one.
  ///
  /// - Parameter name: What the images are, such as `"test"`.
  /// - Returns: The picture.
  public func confusionChart(of name: String) -> MatrixChart {
    let percent = (1e4 * accuracy).rounded() / 100
    return MatrixChart(
      "\(name): \(percent) % of \(images) images recognised", rowTitle: "true class", columnTitle: "predicted class",
      names: classes, counts: confusion)
  }
}
