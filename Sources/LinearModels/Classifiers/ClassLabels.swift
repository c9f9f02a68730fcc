import Tensors

/// Checks of a design matrix with classes.
enum ClassLabels {
  /// Checks finite features `[N, D]` with one class of `0..<classCount` per row, and no class without a row.
  static func validate(_ features: Tensor<Double>, _ labels: [Int], classCount: Int) throws {
    _ = try GLMProblem(features: features, response: .classes(labels, count: classCount), family: .multinomial)
    let absent = Set(0..<classCount).subtracting(labels).sorted()
    guard absent.isEmpty else {
      throw InputError("labels", GLMDiagnostic.absentClasses(absent).description)
    }
  }
}
