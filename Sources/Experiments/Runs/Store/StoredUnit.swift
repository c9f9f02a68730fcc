import Formats
import Foundation
internal import GRDB
import Tensors

/// A unit as the store keeps it.
struct StoredUnit {
  let result: UnitResult
  let split: Int
  let seconds: Double

  private let predictions: Data?
  private let refitPredictions: Data?
  private let perturbedScores: Data?
  private let filters: Data?

  init(row: Row, evaluations: [Evaluation], dataset: String) throws {
    let trials = evaluations.filter { $0.part == .validation }.map { Trial(setting: $0.setting, validation: $0.score) }
    func test(_ purpose: String) -> Score? { evaluations.first { $0.part == .test && $0.purpose == purpose }?.score }
    guard let score = test(Evaluation.Purpose.score), trials.indices.contains(row["chosen"]) else {
      throw InputError("unit \(row["id"] as Int64) of the store", "its evaluations are missing")
    }
    split = row["split"]
    seconds = row["seconds"]
    result = UnitResult(
      dataset: dataset, trainCount: row["trainCount"], split: split + 1, model: row["model"], trials: trials,
      chosen: row["chosen"], test: score, perturbed: Self.perturbed(evaluations), refit: test(Evaluation.Purpose.refit),
      remark: row["remark"])
    (predictions, refitPredictions, filters) = (row["probabilities"], row["refitProbabilities"], row["filters"])
    perturbedScores = row["perturbedRight"]
  }

  private static func perturbed(_ evaluations: [Evaluation]) -> [PerturbedScore] {
    evaluations.filter { $0.purpose.hasPrefix(Evaluation.Purpose.perturbed) }.map {
      PerturbedScore(
        perturbation: String($0.purpose.dropFirst(Evaluation.Purpose.perturbed.count)), score: $0.score)
    }
  }

  /// The unit as it was when it was finished; `nil` where its table is finished.
  func record(in arena: Arena) throws -> UnitRecord? {
    guard let predictions, let contender = arena.contenders.firstIndex(where: { $0.name == result.model }) else {
      return nil
    }
    return UnitRecord(
      result: result, split: split, contender: contender, testIndices: arena.splits[split].test,
      testResponse: arena.testResponse(of: arena.contenders[contender], in: split),
      testPredictions: try array(predictions).tensor(),
      perturbedScores: try perturbedScores.map { try rows(array($0).tensor(as: Double.self)) } ?? [],
      refitPredictions: try refitPredictions.map { try array($0).tensor() },
      seconds: seconds, filters: try filters.map { try array($0).tensor() })
  }

  private func rows(_ scores: Tensor<Double>) -> [[Double]] {
    (0..<scores.shape[0]).map { scores[rows: $0..<$0 + 1].elements }
  }

  private func array(_ bytes: Data) throws -> NumPyArray {
    try NPY.decode(ByteSource([UInt8](bytes), name: "the store's array of \(result.model)"))
  }
}
