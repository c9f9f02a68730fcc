import Experiments
import Figures
import Formats
import Foundation
import Spectral
import Tensors

extension Atoms {
  /// Shows the filters of a layer instead of the atoms of a basis.
  func execute(_ filters: LearnedFilters) throws {
    let all = filters.names.count
    let count = count ?? min(64, all)
    guard (1...all).contains(count) else {
      throw InputError("--count", "expected 1 to \(all) filters of layer \(filterSource.layer ?? ""), got \(count)")
    }
    if json { try Console.resultJSON(FilterListing(filters, count)) }
    guard let path = output ?? (json ? nil : "atoms.png") else { return }
    try write(filters, count, to: URL(fileURLWithPath: path))
    if !common.quiet { Console.note("\(path): \(count) of \(all) filters of layer \(filterSource.layer ?? "")") }
  }

  private func write(_ filters: LearnedFilters, _ count: Int, to url: URL) throws {
    let tiles = filters.tiles[rows: 0..<count]
    if try ending == .npy { return try NPY.write(NumPyArray(tiles), to: url) }
    if plain { return try ImageGrid(tiles, shading: .signedPerTile, columns: columns).write(to: url) }
    let doubles = tiles.map { Double($0) }
    let size = "\(tiles.shape[1])×\(tiles.shape[2])"
    let group = LabelledGrid.Group(
      tiles: doubles, captions: Array(filters.names.prefix(count)),
      companions: spectrum ? AtomSpectra.moduli(of: doubles) : nil)
    try LabelledGrid(
      title: "Learned filters of layer \(filterSource.layer ?? "")",
      remark:
        "\(size) pixels, \(count == filters.names.count ? "all \(count)" : "\(count) of \(filters.names.count)") filters",
      scaleName: "each filter on its own scale", companionName: "modulus of the spectrum", groups: [group],
      columns: columns
    ).write(to: url)
  }

  /// Filters as one JSON document.
  private struct FilterListing: Encodable {
    let height: Int
    let width: Int
    let filterCount: Int
    let filters: [String]

    init(_ filters: LearnedFilters, _ count: Int) {
      height = filters.tiles.shape[1]
      width = filters.tiles.shape[2]
      filterCount = filters.names.count
      self.filters = Array(filters.names.prefix(count))
    }
  }
}
