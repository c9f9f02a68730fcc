import Datasets
import Figures
import Formats
import Spectral
import Tensors

/// Which basis is sparse for the images of a data set: the best M-term approximation by several bases.
public struct ApproximationReport: Codable, Sendable {
  /// The name of the data set.
  public let dataset: String
  /// The number of images that were approximated; each channel counts as one.
  public let images: Int
  /// The number of images that are zero everywhere and have no relative error.
  public let zeroImages: Int
  /// H and W.
  public let size: [Int]
  /// One curve for each basis.
  public let curves: [ApproximationCurve]

  /// Measures bases on images.
  ///
  /// - Parameters:
  ///   - dataset: The name of the data set.
  ///   - images: `[N, H, W]`.
  ///   - bases: The bases, of that size.
  ///   - progress: Told the share that is done and the basis that comes next.
  /// - Throws: `InputError` where all images are zero.
  public init(
    dataset: String, images: Tensor<Double>, bases: [any Basis],
    progress: (_ share: Double, _ basis: String) -> Void = { _, _ in }
  ) throws {
    let nonzero = (0..<images.shape[0]).filter { images[rows: $0..<$0 + 1].maximumMagnitude > 0 }
    guard !nonzero.isEmpty else {
      throw InputError(
        dataset, "all \(images.shape[0]) images are zero, which every basis approximates without an error")
    }
    let measured = nonzero.count == images.shape[0] ? images : images.gatheringRows(nonzero)
    self.dataset = dataset
    self.images = nonzero.count
    zeroImages = images.shape[0] - nonzero.count
    size = Array(images.shape.dropFirst())
    curves = bases.enumerated().map { index, basis in
      progress(Double(index) / Double(bases.count), basis.name)
      return ApproximationCurve(basis, images: measured)
    }
  }
}

extension ApproximationReport {
  private static let thresholds = [0.2, 0.1, 0.05]

  /// The table: the error in % with 1, 4, 16, … atoms, and the atoms that some errors need.
  public var lines: [String] {
    let shown = [1, 4, 16, 64, 256, 1024].filter { count in curves.contains { $0.error(atoms: count) != nil } }
    var table = TextTable(
      [("basis", .left), ("kind", .left), ("atoms", .right)] + shown.map { ("M = \($0)", .right) }
        + Self.thresholds.map { ("M for \(Int($0 * 100)) %", .right) })
    for curve in curves {
      table.append(
        [curve.basis, curve.kind, "\(curve.counts.last ?? 0)"]
          + shown.map { curve.error(atoms: $0).map(Self.percent) ?? "" }
          + Self.thresholds.map { curve.atoms(forError: $0).map { "\($0)" } ?? "–" })
    }
    return ["\(title): mean relative error in % with the M largest coefficients of each image", ""] + table.lines
      + zeroNote
  }

  /// One row for each basis and number of atoms.
  public var csv: CSVTable {
    var table = CSVTable(columns: ["dataset", "basis", "kind", "atoms", "mean_relative_error"])
    for curve in curves {
      for (count, error) in zip(curve.counts, curve.errors) {
        table.append([dataset, curve.basis, curve.kind, "\(count)", "\(error)"])
      }
    }
    return table
  }

  /// Error over the number of atoms, both logarithmic; errors at rounding are left out.
  public var chart: Chart {
    var chart = Chart(
      "Best M-term approximation: \(title)",
      x: .init("M, atoms kept for each image", scale: .logarithmic, ticks: ticks),
      y: .init("mean relative error", scale: .logarithmic))
    for (place, curve) in curves.enumerated() {
      let points = zip(curve.counts, curve.errors).filter { $1 > 1e-3 }.map { (Double($0), $1) }
      chart.curves.append(.init(curve.basis, points, style: place < 7 ? .line : .dashedLine, color: place))
    }
    return chart
  }

  private var title: String { "\(dataset), \(images) images of \(size[0])×\(size[1])" }

  private var zeroNote: [String] {
    zeroImages == 0 ? [] : ["", "Left out, as zero everywhere: \(zeroImages) \(zeroImages == 1 ? "image" : "images")."]
  }

  /// The powers of two up to the largest number of atoms.
  private var ticks: [Double] {
    let last = curves.map { $0.counts.last ?? 1 }.max() ?? 1
    return Array(sequence(first: 1.0) { 2 * $0 <= Double(last) ? 2 * $0 : nil })
  }

  private static func percent(_ value: Double) -> String {
    let tenths = Int((value * 1000).rounded())
    return "\(tenths / 10).\(tenths % 10)"
  }
}
