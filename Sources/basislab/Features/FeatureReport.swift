import Experiments
import Foundation
import Spectral

/// What `basislab features` made, as lines and as a document.
struct FeatureReport: Encodable {
  let features: String
  let dataset: String
  let images: Int
  let dimension: Int
  let operations: Double
  let basisKind: String?
  let conditionNumber: Double?
  let fittedTo: Int?
  let output: String?
  let precision: String
  let names: [String]

  init(
    _ features: ImageFeatures, _ dataset: String, images: Int, fittedTo: Int?, output: String?, precision: String
  ) {
    self.features = features.name
    self.dataset = dataset
    self.images = images
    self.fittedTo = fittedTo
    self.output = output
    self.precision = precision
    dimension = features.dimension
    operations = features.operations
    names = features.names
    let basis = (features.map as? CoefficientFeatures)?.basis
    basisKind = basis?.kind.rawValue
    conditionNumber = basis?.conditionNumber(count: features.map.dimension)
  }

  var lines: [String] {
    let basis = basisKind.map { kind in
      kind == "orthonormal" ? kind : "\(kind), condition number \(conditionNumber.map(Self.short) ?? "")"
    }
    let entries: [(String, String?)] = [
      ("features", features), ("images", "\(images) of \(dataset)"), ("dimension", "\(dimension)"), ("atoms", basis),
      ("operations", "\(Quantity.count(operations)) multiply-adds for an image"),
      ("fitted to", fittedTo.map { "\($0) images" }), ("names", Self.sample(names)),
      ("output", output.map { "\($0), \(precision) [\(images), \(dimension)]" }),
    ]
    return entries.compactMap { name, value in
      value.map { name.padding(toLength: 12, withPad: " ", startingAt: 0) + $0 }
    }
  }

  private static func short(_ value: Double) -> String { String(format: "%.3g", value) }

  private static func sample(_ names: [String]) -> String {
    names.count <= 6
      ? names.joined(separator: ", ") : names.prefix(4).joined(separator: ", ") + ", …, " + names[names.count - 1]
  }
}
