/// What one work showed.
struct DuelResult: Codable {
  /// One of the peers' ways to do the work.
  struct Candidate: Codable {
    let name: String
    /// The relative difference between its result and ours.
    let difference: Double?
    /// Its best undisturbed time before the rounds; of a hopeless one, the time of its first run.
    var trialSeconds: Double?
    /// Why it could not do the work.
    let failure: String?
  }

  let work: String
  let candidates: [Candidate]
  /// The candidates that took part in the rounds, the fastest first; none where no peer can do the work.
  let comparisons: [Comparison]
  /// What ours cannot be faster than, in turns with ours.
  let limit: Comparison?
  let tolerance: Double
  let remark: String

  /// Ours against the fastest peer; `nil` where no peer can do the work.
  var ratio: Double? { comparisons.first?.ratio }

  /// Our time over its limit.
  var overLimit: Double? { limit.map { 1 / $0.ratio } }

  /// The largest share of the machine that other programs took while a candidate was measured; a disturbed one might
  /// else have been the fastest.
  var otherLoad: Double { comparisons.flatMap(\.pairs).map(\.otherLoad).max() ?? 0 }

  /// Whether nothing was disturbed.
  var isQuiet: Bool { OtherLoad.isTolerable(otherLoad) }

  /// The largest difference of a candidate's result from ours.
  var difference: Double? { candidates.compactMap(\.difference).max { $0 < $1 || $1.isNaN } }

  /// Whether all results are alike but for rounding.
  var agrees: Bool { candidates.compactMap(\.difference).allSatisfy { $0 <= tolerance } }
}
