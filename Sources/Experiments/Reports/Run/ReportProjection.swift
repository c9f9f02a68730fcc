import Foundation
import Tensors

/// Where the first-layer filters of the best learned model have their energy, in one basis.
struct ReportProjection: Sendable {
  let basis: String
  let sentence: String
  let curve: ReportContent.Curve

  private static let draws = 200

  /// The projections on Fourier, Haar and polynomial bands; none where the model has no filters that are images.
  ///
  /// - Throws: `InputError` where the file of the filters is damaged.
  static func all(
    of part: Run.Part, _ networks: [NetworkDescription], in folder: URL
  ) throws -> [ReportProjection] {
    guard let best = part.table?.bestLearned,
      let found = try RunFilters.all(of: part, networks, in: folder).first(where: { $0.model == best })
    else { return [] }
    return try ["fourier", "haar", "polynomial"].map { basis in
      let projection = try FilterProjection(
        found.filters, of: found.layer, basis: basis, draws: draws, from: RandomStream(seed: 0))
      return ReportProjection(projection, model: found.model)
    }
  }

  private init(_ projection: FilterProjection, model: String) {
    basis = projection.basis
    sentence = "\(model), \(projection.heading). \(projection.sentence)"
    let caption =
      "Energy of the filters of \(model) in the bands of \(projection.basis): learned, and the 95 % interval of "
      + "\(projection.draws) draws of first weights" + (projection.remark.map { "; \($0)." } ?? ".")
    curve = ReportContent.Curve(title: projection.basis, caption: caption, picture: "") {
      try projection.chart.svg(width: 520, height: 90 + 24 * projection.bands.count)
    }
  }
}
