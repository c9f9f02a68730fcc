import Foundation

/// A picture of the run's folder with what is seen on it.
struct ReportPicture: Sendable {
  /// The picture itself as an address, so that the page needs no other file.
  let address: String
  let caption: String

  /// Reads a picture; `nil` where there is none.
  init?(_ url: URL, _ caption: String) {
    guard let data = try? Data(contentsOf: url) else { return nil }
    address = "data:image/png;base64,\(data.base64EncodedString())"
    self.caption = caption
  }

  /// The atoms of each model that has a picture of them.
  static func atoms(of table: TableResult, _ dataset: DatasetFacts, in figures: URL) -> [ReportPicture] {
    let size = dataset.shape.suffix(2).map(String.init).joined(separator: "x")
    return table.models.compactMap { model in
      let file = "atoms-\(ContenderFiles.name(model.model))-\(size).png"
      return ReportPicture(figures.appendingPathComponent(file), "\(model.model): the atoms")
    }
  }

  /// The first-layer filters of each network.
  static func filters(of table: TableResult, label: String, in figures: URL) -> [ReportPicture] {
    table.models.compactMap { model in
      let file = "\(label)-\(ContenderFiles.name(model.model))-filters.png"
      let isFrozen = model.model.hasPrefix("\(ModelRequest.frozenWord):")
      return ReportPicture(
        figures.appendingPathComponent(file),
        "\(model.model): the filters \(isFrozen ? "that were not trained" : "learned in the first repeat")")
    }
  }
}
