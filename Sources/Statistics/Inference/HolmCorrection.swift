/// Several tests at once: Holm's step-down correction, which holds the probability of any false discovery.
///
/// The i-th smallest of m p-values is multiplied by m − i + 1; what comes out is made non-decreasing in that order and
/// kept at most 1. It needs no assumption about how the tests depend on each other.
///
/// Source: S. Holm, *A simple sequentially rejective multiple test procedure*, Scandinavian Journal of Statistics 6
/// (1979), 65–70; as `statsmodels.stats.multitest.multipletests(method="holm")`.
public enum HolmCorrection {
  /// The adjusted p-values: a hypothesis is rejected at level α when its adjusted value is at most α.
  ///
  /// - Parameter pValues: One p-value per hypothesis, 0…1, in any order.
  /// - Returns: The adjusted values in the same order.
  public static func adjusted(_ pValues: [Double]) -> [Double] {
    precondition(pValues.allSatisfy { $0 >= 0 && $0 <= 1 }, "expected probabilities, got \(pValues)")
    var adjusted = pValues
    var largest = 0.0
    for (rank, index) in pValues.indices.sorted(by: { pValues[$0] < pValues[$1] }).enumerated() {
      largest = max(largest, min(1, Double(pValues.count - rank) * pValues[index]))
      adjusted[index] = largest
    }
    return adjusted
  }
}
