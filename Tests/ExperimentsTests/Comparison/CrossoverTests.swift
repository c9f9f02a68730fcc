import Datasets
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct CrossoverTests {
  /// Leads of −2 at 100 and 1 at 800 cross two thirds of the way in the logarithm: 100·8^(2/3) = 400.
  @Test func theSizeIsInterpolatedInItsLogarithm() throws {
    let found = try #require(
      Crossover("x", [(size: 800, lead: 1, draws: [1, 1, 1]), (size: 100, lead: -2, draws: [-2, -1, -0.5])]))
    #expect(found.size == .at(400) && found.lower == .at(200) && found.upper == .at(400))
    #expect(found.sentence == "learned overtakes fixed at 400 training images (95 % interval 200 … 400)")
  }

  @Test(arguments: [
    ([1.0, 2], Crossover.Size.below(100)), ([-1, -2], .above(800)), ([-1, 0], .above(800)), ([0, 1], .at(100)),
  ])
  func curvesThatDoNotCrossSayWhere(leads: [Double], size: Crossover.Size) throws {
    let found = try #require(
      Crossover("x", zip([100, 800], leads).map { (size: $0, lead: $1, draws: [$1, $1]) }))
    #expect(found.size == size && found.lower == size && found.upper == size)
    #expect(found.sentence.hasSuffix("(the same at both ends of the 95 % interval)"), "\(found.sentence)")
  }

  /// The last time that the lead turns positive counts.
  @Test func aLeadThatIsLostAgainDoesNotCount() throws {
    let found = try #require(
      Crossover("x", zip([10, 20, 40, 80], [1.0, -1, 1, 2]).map { (size: $0, lead: $1, draws: [$1, -1]) }))
    #expect(found.size == .at(28) && found.lower == .at(28) && found.upper == .above(80))
  }

  @Test func oneSizeHasNoCrossover() { #expect(Crossover("x", [(size: 10, lead: 1, draws: [1])]) == nil) }

  @Test func aLearningCurveTellsItsCrossoverAlsoFromTheStore() throws {
    try Places.withTemporaryFolder { folder in
      let configuration = ComparisonConfiguration(
        dataset: ["motifs"], models: ["haar:16", "mlp"], noControls: true, splits: 2, trials: 2, epochs: 6,
        trainSizes: [40, 0.5, 150], count: 240)
      let comparison = try Comparison(configuration, datasets: configuration.loadDatasets())
      let recorder = try RunRecorder.begin(comparison, name: "a", in: folder)
      let outcome = try comparison.run(observer: recorder)
      try recorder.finish(outcome)
      #expect(outcome.crossovers.map(\.dataset) == ["motifs"])
      let stored = try RunStore.existing(in: folder).run(named: "a").outcome
      #expect(stored.crossovers == outcome.crossovers)
      let text = try String(contentsOf: folder.appendingPathComponent("a/tables.txt"), encoding: .utf8)
      #expect(text.contains("learning curve of motifs: learned "))
    }
  }
}
