/// Something about the data or the optimum that the reader of a fit must know.
public enum GLMDiagnostic: Sendable, Equatable, CustomStringConvertible {
  /// Columns that have the same value in all rows, so that the intercept does their work.
  case constantColumns([Int])
  /// Columns that are linear combinations of the columns before them and the intercept, to a variance inflation of
  /// 10¹¹. Without a penalty they get the weight 0.
  case collinearColumns([Int])
  /// More parameters than rows without a penalty: infinitely many weights explain the data equally well.
  case fewerRowsThanParameters(rows: Int, parameters: Int)
  /// Classes that no row has.
  case absentClasses([Int])
  /// A combination of columns tells the classes apart: the likelihood grows without end as its weights do. It is
  /// *complete* when no row lies on the border, *quasi-complete* when some do. For counts there are no classes: those of 0
  /// are told apart.
  case separation(complete: Bool, classes: [Int], columns: [Int])
  /// The solver stopped before the gradient was small enough.
  case notConverged(gradientNorm: Double, iterations: Int)

  /// One sentence that names what was found, and one that says what to do.
  public var description: String { text(column: { "\($0)" }, class: { "\($0)" }) }

  /// The description with names in place of numbers.
  ///
  /// - Parameters:
  ///   - column: The name of a column of the design matrix.
  ///   - class: The name of a class.
  /// - Returns: Two sentences.
  public func text(column: (Int) -> String, class: (Int) -> String) -> String {
    func columns(_ list: [Int]) -> String { Self.list(list.map(column), "column") }
    func classes(_ list: [Int]) -> String { Self.list(list.map(`class`), "class", plural: "classes") }
    switch self {
    case .constantColumns(let list):
      return "\(columns(list)) \(list.count == 1 ? "is" : "are") constant. Remove what the intercept does already."
    case .collinearColumns(let list):
      return
        "\(columns(list)) \(list.count == 1 ? "is a linear combination" : "are linear combinations") of the columns "
        + "before and got the weight 0. Remove them, or use a ridge penalty."
    case .fewerRowsThanParameters(let rows, let parameters):
      return "\(rows) rows cannot determine \(parameters) parameters. Use a penalty, fewer columns or more rows."
    case .absentClasses(let list):
      return "no row is of \(classes(list)). Leave out what cannot be learned, or add rows."
    case .separation(let isComplete, let list, let directions):
      let verb = directions.count == 1 ? "separates" : "separate"
      return
        "\(columns(directions)) \(isComplete ? "completely \(verb)" : "\(verb) without overlap") "
        + (list.isEmpty ? "counts of 0 from all others" : classes(list))
        + ", so the likelihood has no maximum. Use a ridge penalty."
    case .notConverged(let gradientNorm, let iterations):
      return
        "the gradient norm is \(gradientNorm) after \(iterations) iterations. Allow more iterations, standardise the "
        + "columns, or use a stronger penalty."
    }
  }

  private static func list(_ names: [String], _ noun: String, plural: String? = nil) -> String {
    let shown = names.prefix(8).joined(separator: ", ") + (names.count > 8 ? ", … (\(names.count) in all)" : "")
    return "\(names.count == 1 ? noun : plural ?? noun + "s") \(shown)"
  }
}
