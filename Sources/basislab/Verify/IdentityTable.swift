import Experiments
import Spectral

/// The results of identities, family by family, for people: no wider than 120 columns.
struct IdentityTable {
  /// The lines of the table and of its summary.
  let lines: [String]

  /// Lays out the results of some identities.
  ///
  /// - Parameter results: The results in the order of ``IdentityFamily/all``, an identity's float32 before its float64.
  init(_ results: [IdentityResult]) {
    let table = Self.table(results).lines
    var lines = Array(table.prefix(2))
    var row = 2
    for family in IdentityFamily.all {
      let names = Set(family.identities.map(\.name))
      let count = results.count { names.contains($0.identity) }
      guard count > 0 else { continue }
      lines += [family.title] + table[row..<row + count] + [""]
      row += count
    }
    self.lines = lines + [Self.summary(results)]
  }

  private static func table(_ results: [IdentityResult]) -> TextTable {
    var table = TextTable([
      ("identity", .left), ("formula", .left), ("precision", .left), ("worst size", .right), ("error", .right),
      ("bound", .right), ("", .left),
    ])
    for (index, result) in results.enumerated() {
      let isFirst = index == 0 || results[index - 1].identity != result.identity
      table.append([
        isFirst ? result.identity : "", isFirst ? result.formula : "", result.precision, result.size.description,
        scientific(result.error), scientific(result.bound), result.passed ? "ok" : "VIOLATED",
      ])
    }
    return table
  }

  private static func summary(_ results: [IdentityResult]) -> String {
    let (all, violated) = (Set(results.map(\.identity)), Set(results.filter { !$0.passed }.map(\.identity)))
    let noun = all.count == 1 ? "identity holds" : "identities hold"
    return violated.isEmpty
      ? "\(all.count) \(noun) to rounding."
      : "\(all.count - violated.count) of \(all.count) identities hold to rounding."
  }

  private static func scientific(_ value: Double) -> String {
    guard value.isFinite && value > 0 else { return "\(value)" }
    var exponent = 0
    var digits = value
    while digits >= 9.95 { (digits, exponent) = (digits / 10, exponent + 1) }
    while digits < 0.995 { (digits, exponent) = (digits * 10, exponent - 1) }
    return "\((digits * 10).rounded() / 10)e\(exponent)"
  }
}
