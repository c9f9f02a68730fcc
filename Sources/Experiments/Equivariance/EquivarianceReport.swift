public import Figures
import Parallel
import Tensors

/// How far layers and feature maps follow motions of the image, and how often decisions, or how far numbers, change.
///
/// With f what a layer makes of an image x and T a motion, the error is √(Σ‖f(Tx) − T f(x)‖² / Σ‖T f(x)‖²) over images; T
/// moves a map as it moves the image, by bilinear interpolation about the places of its samples, and leaves a vector as it
/// is. Compared are the samples whose origin lies inside the map; with circular shifts, all.
public struct EquivarianceReport: Codable, Sendable {
  /// What a motion did to one layer or feature map.
  public struct Stage: Codable, Sendable {
    /// The key of a layer; empty for features.
    public let key: String
    /// The name of the layer, or `features`.
    public let name: String
    /// Whether it is a map that should move with the image; else a vector that should not change.
    public let isMap: Bool
    /// The error under each motion; `nil` where no sample of the map has its origin inside.
    public let errors: [Double?]
  }

  /// A network or a feature map with its model.
  public struct Subject: Codable, Sendable {
    /// The name by which it was asked for.
    public let name: String
    /// Layer by layer.
    public let stages: [Stage]
    /// The share of images that are taken for another class, under each motion; where numbers are predicted the root mean
    /// square of their changes over their standard deviation.
    public let changes: [Double]
    /// The standard deviation of the numbers that are predicted; `nil` for classes.
    public let spread: Double?
  }

  /// A column: motions of one kind and amount.
  public struct Motion: Codable, Sendable {
    /// What kind of motion.
    public let kind: ImageMotion.Kind
    /// Pixels, degrees, or a factor.
    public let amount: Double

    /// Names a column.
    public init(kind: ImageMotion.Kind, amount: Double) { (self.kind, self.amount) = (kind, amount) }
  }

  /// The data set.
  public let dataset: String
  /// The number of images.
  public let images: Int
  /// Whether images go round when they are shifted.
  public let isCircular: Bool
  /// The columns.
  public let motions: [Motion]
  /// Networks and feature maps.
  public let subjects: [Subject]

  /// Moves images and watches.
  ///
  /// - Parameters:
  ///   - subjects: What is watched, all on the same images.
  ///   - motions: The kinds and amounts.
  ///   - dataset: The name of the data set.
  ///   - isCircular: Whether images go round when they are shifted.
  /// - Throws: `InputError` where images do not suit a network.
  public init(
    _ subjects: [EquivarianceSubject], motions: [Motion], dataset: String, isCircular: Bool
  ) throws {
    self.dataset = dataset
    self.motions = motions
    self.isCircular = isCircular
    images = subjects.first?.images.shape[0] ?? 0
    self.subjects = try subjects.map { try Subject($0, motions, isCircular: isCircular) }
  }
}

extension EquivarianceReport.Subject {
  fileprivate init(
    _ subject: EquivarianceSubject, _ motions: [EquivarianceReport.Motion], isCircular: Bool
  ) throws {
    name = subject.name
    let grid = MapGrid(
      rows: .init(pixels: subject.images.shape[2]), columns: .init(pixels: subject.images.shape[3]))
    let moved = motions.map { column in
      ImageMotion.all(column.kind, column.amount).map { motion in
        (motion, MapGrid.moved(subject.images, grid.sources(motion, isCircular: isCircular)))
      }
    }
    spread = subject.spread
    let predictions = try subject.predictions(subject.images)
    changes = try moved.map { column in
      subject.change(from: predictions, to: try column.map { try subject.predictions($0.1) })
    }
    stages = try subject.stages.map { stage in
      let before = try stage.outputs(subject.images)
      let errors = try moved.map { column in
        var sums = (difference: 0.0, reference: 0.0)
        for (motion, images) in column {
          let sources = stage.grid?.sources(motion, isCircular: isCircular)
          let expected = sources.map { MapGrid.moved(before, $0) } ?? before
          Self.add(try stage.outputs(images), expected, sources, to: &sums)
        }
        return sums.reference > 0 ? (sums.difference / sums.reference).squareRoot() : nil
      }
      return EquivarianceReport.Stage(key: stage.key, name: stage.name, isMap: stage.grid != nil, errors: errors)
    }
  }

  private static func add(
    _ found: Tensor<Float>, _ expected: Tensor<Float>, _ sources: [MapGrid.Source]?,
    to sums: inout (difference: Double, reference: Double)
  ) {
    found.withUnsafeBufferPointer { found in
      expected.withUnsafeBufferPointer { expected in
        for index in found.indices where sources?[index % (sources?.count ?? 1)].isInside ?? true {
          let (a, b) = (Double(found[index]), Double(expected[index]))
          sums.difference += (a - b) * (a - b)
          sums.reference += b * b
        }
      }
    }
  }
}

extension EquivarianceReport {
  /// A table for each network and feature map.
  public var lines: [String] {
    let edges = isCircular ? "; shifted images go round" : ""
    let spread = subjects.compactMap(\.spread).first.map {
      "; predictions change relative to the deviation of the numbers, \(ComparisonTable.fourDigits($0))"
    }
    var lines = ["relative errors in %, \(images) images of \(dataset)\(edges)\(spread ?? "")"]
    for subject in subjects {
      var table = TextTable(
        [(subject.name, .left), ("should", .left)]
          + motions.map { (ImageMotion.name($0.kind, $0.amount), TextTable.Alignment.right) })
      for stage in subject.stages {
        table.append(
          ["\(stage.key) \(stage.name)".trimmingPrefix(" "), stage.isMap ? "move along" : "stay"].map(String.init)
            + stage.errors.map { $0.map(ComparisonTable.percent) ?? "" })
      }
      let changed = subject.spread == nil ? "decisions changed" : "prediction"
      table.append([changed, "stay"] + subject.changes.map(ComparisonTable.percent))
      lines += [""] + table.lines
    }
    return lines
  }

  private var changeAxis: String {
    subjects.contains { $0.spread != nil }
      ? "change of predictions, % of the numbers’ deviation" : "decisions that change, %"
  }

  /// The share of decisions that change, or how far numbers do, over the amount of each kind of motion.
  public var chart: ChartSheet {
    let kinds = motions.map(\.kind).reduce(into: [ImageMotion.Kind]()) { if !$0.contains($1) { $0.append($1) } }
    let charts = kinds.map { kind in
      let unit = [ImageMotion.Kind.shift: "shift, pixels", .rotation: "rotation, degrees", .scale: "scale"][kind] ?? ""
      let own = motions.indices.filter { motions[$0].kind == kind }
      let rest = (x: kind == .scale ? 1.0 : 0, y: 0.0)
      let ticks = Set(own.map { motions[$0].amount } + [rest.x]).sorted()
      var chart = Chart("", x: .init(unit, ticks: ticks), y: .init(changeAxis))
      chart.curves = subjects.map { subject in
        let points = own.map { (x: motions[$0].amount, y: 100 * subject.changes[$0]) }
        return .init(subject.name, (points + [rest]).sorted { $0.x < $1.x })
      }
      return chart
    }
    return ChartSheet(charts, columns: charts.count)
  }
}
