import Datasets
import Figures
import Formats
import LinearModels
import Tensors

extension RunFolder {
  /// Writes `predictions/<data set>.npz`: for each repeat the test images' indices and labels, and each model's predictions.
  ///
  /// These are probabilities `[N, K]`, or for numbers what is expected, `[N, 1]`. Labels that were dealt anew stand beside the
  /// predictions of their model.
  func writePredictions(_ records: [UnitRecord], of arena: Arena) throws {
    var arrays: [(name: String, array: NumPyArray)] = []
    for (split, group) in Dictionary(grouping: records, by: \.split).sorted(by: { $0.key < $1.key }) {
      let indices = group[0].testIndices
      arrays.append(("split\(split + 1)/test_indices", NumPyArray(indices)))
      arrays.append(("split\(split + 1)/labels", arena.response(indices).array))
      for record in group.sorted(by: { $0.contender < $1.contender }) {
        let predictions = record.testPredictions.map { Float($0) }
        let name = "split\(split + 1)/\(record.result.model)"
        arrays.append((name, NumPyArray(predictions)))
        if arena.contenders[record.contender].dealsLabels {
          arrays.append(("\(name)/labels", record.testResponse.array))
        }
      }
    }
    try NPZ.write(arrays, to: subfolder("predictions").appendingPathComponent("\(arena.label).npz"))
  }

  /// Writes `weights/<data set>/<model>.safetensors` where a unit has a network to keep.
  ///
  /// The pixels of the source go in, as `predict` takes them from the same file.
  func keepNetwork(_ record: UnitRecord, in arena: Arena) throws {
    guard let network = record.network else { return }
    _ = try subfolder("weights/\(arena.label)")
    try network.unscaled(by: arena.dataset.pixelScale).write(
      to: url.appendingPathComponent(Self.weightsPlace(arena.label, record.result.model)))
  }

  /// Where the weights of a network lie in the folder of a run.
  static func weightsPlace(_ label: String, _ model: String) -> String {
    "weights/\(label)/\(ContenderFiles.name(model)).safetensors"
  }

  /// Writes `filters/<data set>.npz`: the first-layer filters of each network in the first repeat.
  private func writeFilters(_ records: [UnitRecord], of arena: Arena) throws {
    let learned = records.filter { $0.split == 0 && arena.contenders[$0.contender].side == .learned }
    let arrays = learned.sorted { $0.contender < $1.contender }.compactMap { record in
      record.filters.map { (name: record.result.model, array: NumPyArray($0)) }
    }
    guard !arrays.isEmpty else { return }
    _ = try subfolder("filters")
    try NPZ.write(arrays, to: url.appendingPathComponent(RunFilters.place(arena.label)))
  }

  /// Draws examples of the images, the atoms of each basis (once a run), and the filters learned in the first repeat.
  func drawPictures(_ records: [UnitRecord], of arena: Arena, drawnAtoms: inout Set<String>) throws {
    let figures = try subfolder("figures")
    try DatasetPreview.grid(of: arena.dataset, perClass: 12, from: RandomStream(seed: 0))
      .write(to: figures.appendingPathComponent("\(arena.dataset.name)-examples.png"))
    for contender in arena.contenders {
      guard let atoms = contender.atoms else { continue }
      let name = "atoms-\(contender.fileName)-\(atoms.shape[1])x\(atoms.shape[2]).png"
      guard drawnAtoms.insert(name).inserted else { continue }
      try ImageGrid(atoms, shading: .signedPerTile).write(to: figures.appendingPathComponent(name))
    }
    try writeFilters(records, of: arena)
    for record in records where record.split == 0 {
      guard let filters = record.filters, !arena.contenders[record.contender].dealsLabels else { continue }
      let name = "\(arena.label)-\(arena.contenders[record.contender].fileName)-filters.png"
      let enlargement = filters.shape[2] < 8 ? 24 : nil
      try ImageGrid(filters, shading: .signed, enlargement: enlargement).write(to: figures.appendingPathComponent(name))
    }
  }
}

extension Response {
  /// The classes or numbers as an array.
  fileprivate var array: NumPyArray {
    switch self {
    case .classes(let labels, _): NumPyArray(labels)
    case .numbers(let numbers): NumPyArray(Tensor(numbers))
    }
  }
}
