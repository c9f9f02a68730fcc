public import Datasets
import Foundation
import NeuralNetworks
import Spectral
import Tensors

/// What a network loses when the filters of a layer are tied to a fixed basis.
///
/// Each kernel is replaced by its best approximation by M atoms of an orthonormal basis, and the accuracy, or the error of
/// numbers, is measured again:
/// at once, and after the other layers were trained further while this one stays as it is. The filters that were learned
/// are treated in the same way, so that further training is no advantage of either.
public struct FilterRetying: Sendable {
  /// The layer.
  public let layer: FilterLayer
  /// The images that are judged by: `test`, or `validation` where there is no test part.
  public let partName: String
  /// What the network explains.
  public var family: ModelFamily { parts.family }

  private let trained: TrainedNetwork
  private let parts: TrainingParts
  private let configuration: TrainingConfiguration
  private let judged: TrainingParts.Part
  private let before: RetyingJudgement

  /// Prepares the measurement.
  ///
  /// - Parameters:
  ///   - trained: The network with its weights.
  ///   - layer: The layer whose filters are tied.
  ///   - collection: The images, divided as in the training with the same configuration.
  ///   - configuration: How the other layers are trained further.
  /// - Throws: `InputError` where the images cannot be divided or do not suit the network.
  public init(
    _ trained: TrainedNetwork, layer: FilterLayer, collection: ImageCollection, configuration: TrainingConfiguration
  ) throws {
    let parts = try TrainingParts(collection, for: trained, configuration: configuration)
    try self.init(trained, layer: layer, parts: parts, of: collection.name, configuration: configuration)
  }

  /// Prepares the measurement.
  ///
  /// - Parameters:
  ///   - trained: The network with its weights.
  ///   - layer: The layer whose filters are tied.
  ///   - parts: The images, their pixels as the network takes them.
  ///   - name: The name of the data set.
  ///   - configuration: How the other layers are trained further.
  /// - Throws: `InputError` where there are no images to judge by, or the loss is not for what the network explains.
  init(
    _ trained: TrainedNetwork, layer: FilterLayer, parts: TrainingParts, of name: String,
    configuration: TrainingConfiguration
  ) throws {
    try parts.family.check(configuration.loss)
    self.trained = trained
    self.layer = layer
    self.configuration = configuration
    self.parts = parts
    guard let judged = parts.test ?? parts.validation else {
      throw InputError(
        name, "there are no images to judge by: no official test part, and --validation 0")
    }
    self.judged = judged
    partName = parts.test == nil ? "validation" : "test"
    before = try RetyingJudgement(trained, judged, parts.family)
  }

  /// The network as it was trained: the row that all others are compared with.
  ///
  /// - Parameter retrains: Whether its other layers are trained further.
  /// - Returns: The row.
  /// - Throws: `InputError` where training fails.
  public func untied(retrains: Bool) throws -> FilterRetyingReport.Row {
    try row(nil, atoms: nil, layer.filters(trained.weights), retrains: retrains)
  }

  /// Ties the filters.
  ///
  /// - Parameters:
  ///   - basis: The name of an orthonormal basis that exists at the size of the filters.
  ///   - atoms: M, at most kh·kw.
  ///   - retrains: Whether the other layers are trained further.
  /// - Returns: The row.
  /// - Throws: `InputError` for a basis or a number of atoms that cannot be used, or where training fails.
  public func tied(to basis: String, atoms: Int, retrains: Bool) throws -> FilterRetyingReport.Row {
    let filters = layer.filters(trained.weights)
    let found = try checked(basis, atoms: atoms)
    let kernels = filters.reshaped([-1, layer.size.height, layer.size.width])
    return try row(
      basis, atoms: atoms, found.bestApproximation(kernels, count: atoms).reshaped(filters.shape), retrains: retrains)
  }

  /// Checks what was asked for, before anything is trained.
  ///
  /// - Parameters:
  ///   - basis: The name of a basis.
  ///   - atoms: M.
  /// - Throws: `InputError` for a basis or a number of atoms that cannot be used.
  public func check(_ basis: String, atoms: Int) throws { _ = try checked(basis, atoms: atoms) }

  private func checked(_ basis: String, atoms: Int) throws -> FilterBasis {
    let found = try FilterBasis(named: basis, size: layer.size, from: RandomStream(seed: configuration.seed))
    guard found.remark == nil else {
      throw InputError(
        basis,
        "has no atoms of \(layer.size.height)×\(layer.size.width), the size of the filters of layer \(layer.key)",
        remedy: "Take a basis that exists at every size, such as fourier, dct or polynomial.")
    }
    try found.basis.validate(count: atoms)
    return found
  }

  private func row(
    _ basis: String?, atoms: Int?, _ filters: Tensor<Double>, retrains: Bool
  ) throws -> FilterRetyingReport.Row {
    let original = layer.filters(trained.weights)
    let changed = trained.with(layer.replacing(trained.weights, with: filters))
    let at = basis == nil ? before : try RetyingJudgement(changed, judged, parts.family)
    let after = retrains ? try RetyingJudgement(retrained(changed), judged, parts.family) : nil
    return FilterRetyingReport.Row(
      basis: basis, atoms: atoms, error: (filters - original).norm / max(original.norm, .leastNormalMagnitude),
      atOnce: at.score(against: before), retrained: after?.score(against: before))
  }

  /// The network after more epochs in which the layer's parameters stay as they are.
  private func retrained(_ changed: TrainedNetwork) throws -> TrainedNetwork {
    let frozen = Set(changed.network.nodes.filter(\.isFrozen).map(\.key)).union([layer.key])
    let network = changed.network.freezing { frozen.contains($0) }
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("basislab-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = TrainingRun(
      network, parts: parts, configuration: configuration,
      checkpoint: folder.appendingPathComponent("checkpoint.safetensors"))
    return try run.run(from: changed.weights, resuming: nil, observer: SilentObserver(), isCancelled: { false }).trained
  }
}

/// Tells nobody.
private struct SilentObserver: TrainingObserver {
  func batchBegins(after images: Int, of count: Int, epoch: Int) {}
  func epochFinished(_ record: EpochRecord, secondsLeft: Double) {}
}
