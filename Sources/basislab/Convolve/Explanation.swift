import Calibration
import Experiments
import Spectral
import Tensors

/// Why a convolution is computed as it is: every method with what it takes.
struct Explanation: Encodable {
  /// One method.
  struct Row: Encodable {
    let method: String
    let estimate: ConvolutionEstimate?
    let measuredSeconds: Double?
    let objection: String?
  }

  /// The method that is used.
  let choice: String
  /// How much longer it takes than the fastest method, as a share: by measurement where there is one.
  let regret: Double
  let rows: [Row]

  /// Longer runs are not measured.
  private static let longestRun = 10.0
  private static let budget = 0.3

  /// Asks every method.
  ///
  /// - Parameters:
  ///   - choice: The method that is used.
  ///   - work: The convolution.
  ///   - planner: What predicts.
  ///   - isMeasured: Whether to run the methods too.
  ///   - precision: The precision that it is done in.
  /// - Throws: `InputError` where a method fails.
  init<S: SpectralScalar>(
    of choice: ConvolutionMethod, _ work: ConvolutionWork, _ planner: ConvolutionPlanner, isMeasured: Bool,
    as precision: S.Type
  ) throws {
    let candidates = planner.candidates(for: work, as: precision)
    let short = candidates.filter { $0.isEligible && $0.estimate!.seconds <= Self.longestRun }.map(\.method)
    let seconds =
      isMeasured
      ? try MethodTimer(planner, budget: Self.budget).seconds(of: short, for: work, as: precision) : [:]
    rows = candidates.map { candidate in
      Row(
        method: candidate.method.rawValue, estimate: candidate.estimate,
        measuredSeconds: seconds[candidate.method],
        objection: candidate.objection?.description
          ?? (isMeasured && !short.contains(candidate.method) ? "would run for longer than 10 s" : nil))
    }
    self.choice = choice.rawValue
    let times = candidates.filter(\.isEligible).compactMap { candidate in
      (isMeasured ? seconds[candidate.method] : candidate.estimate?.seconds).map { (candidate.method, $0) }
    }
    let fastest = times.map(\.1).min() ?? 0
    regret = times.first { $0.0 == choice }.map { $0.1 / fastest - 1 } ?? 0
  }

  /// The table, and the choice with its regret.
  var lines: [String] {
    var table = TextTable([
      ("", .left), ("method", .left), ("predicted", .right), ("measured", .right), ("bank", .right),
      ("scratch", .right), ("multiply-adds", .right), ("per byte", .right), ("roofline", .right),
    ])
    for row in rows { table.append(cells(row)) }
    let objections = rows.compactMap { row in row.objection.map { "  \(row.method): \(Self.firstLine($0))" } }
    let basis = rows.contains { $0.measuredSeconds != nil } ? "measured" : "predicted"
    return table.lines + objections + ["", "▸ \(choice): \(basis) regret \(Quantity.percent(regret))"]
  }

  private func cells(_ row: Row) -> [String] {
    let mark = row.method == choice ? "▸" : ""
    guard let estimate = row.estimate else {
      return [mark, row.method] + [String](repeating: "–", count: 7)
    }
    return [
      mark, row.method, Quantity.time(estimate.seconds), row.measuredSeconds.map(Quantity.time) ?? "–",
      ByteCount(estimate.preparedBytes).description, ByteCount(estimate.scratchBytes).description,
      Quantity.count(estimate.operations), "\((estimate.intensity * 10).rounded() / 10)",
      "\(Quantity.time(estimate.rooflineSeconds)) (\(estimate.bound))",
    ]
  }

  private static func firstLine(_ text: String) -> Substring { text.prefix { $0 != "\n" } }
}
