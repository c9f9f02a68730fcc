import Formats
public import Foundation
public import Tensors

/// First-layer filters that the networks of a run have learned in its first repeat.
public struct RunFilters: Sendable {
  /// The data set, with its training-set size where there are several.
  public let label: String
  /// The model.
  public let model: String
  /// The layer, which knows how its first weights are drawn.
  public let layer: FilterLayer
  /// `[F, C, kh, kw]`.
  public let filters: Tensor<Double>

  /// Where the filters of a data set lie in the folder of a run.
  static func place(_ label: String) -> String { "filters/\(label).npz" }

  /// Reads the filters of a run.
  ///
  /// - Parameters:
  ///   - run: The run.
  ///   - runs: The folder of runs.
  /// - Returns: Those of each finished table and each network that has any.
  /// - Throws: `InputError` where a file is damaged.
  public static func all(of run: Run, in runs: URL) throws -> [RunFilters] {
    try run.parts.flatMap {
      try all(of: $0, run.configuration.networks ?? [], in: runs.appendingPathComponent(run.name))
    }
  }

  /// Reads the filters of a part of a run, whose networks files may describe.
  static func all(of part: Run.Part, _ networks: [NetworkDescription], in folder: URL) throws -> [RunFilters] {
    let url = folder.appendingPathComponent(place(part.label))
    guard let table = part.table, FileManager.default.fileExists(atPath: url.path) else { return [] }
    let archive = try NPZ.read(url)
    return try table.models.filter { $0.side == .learned && archive.contains($0.model) }.compactMap { model in
      let tiles: Tensor<Double> = try archive[model.model].tensor(as: Double.self)
      return RunFilters(part, model.model, networks, tiles)
    }
  }

  /// `nil` where the tiles are not those of the first layer of the model's network.
  private init?(_ part: Run.Part, _ model: String, _ networks: [NetworkDescription], _ tiles: Tensor<Double>) {
    let shape = part.dataset.shape
    let inputShape = shape.count == 3 ? [1] + shape.dropFirst() : Array(shape.dropFirst())
    let context = ContenderContext(
      inputShape: inputShape, family: part.dataset.family ?? .multinomial,
      classCount: part.dataset.family == nil ? part.dataset.classes.count : 1, epochs: 1, seed: 0)
    guard case .network(let request)? = try? ModelRequest(parsing: model, among: networks),
      let network = try? request.network(in: context), let layer = network.filterLayers.first,
      layer.shape.reduce(1, *) == tiles.count
    else { return nil }
    self.init(label: part.label, model: model, layer: layer, filters: tiles.reshaped(layer.shape))
  }

  private init(label: String, model: String, layer: FilterLayer, filters: Tensor<Double>) {
    (self.label, self.model, self.layer, self.filters) = (label, model, layer, filters)
  }
}
