import Datasets
import Experiments
import Tensors
import TestSupport
import Testing

/// Sizes that come near to a budget, counted by hand for 16×16 images of four classes.
@Suite struct MatchingTests {
  /// Counted by hand.
  ///
  /// A basis of M atoms has 4·(M + 1) parameters and links; the operations of Haar are 1360 and 4·M, those of random atoms
  /// 260·M. A perceptron of h units has 261·h + 4 parameters; a network of c and d maps 10·c + (9·c + 1)·d + 4·(16·d + 1).
  @Test(arguments: [
    (Currency.parameters, 600, "fourier", "fourier:149"), (.links, 260, "haar", "haar:64"),
    (.parameters, 600, "haar@energy", "haar@energy:149"),
    (.parameters, 600, "fourier+l1", "fourier:149+l1"), (.links, 600, "haar@energy+l1", "haar@energy:149+l1"),
    (.operations, 1616, "haar", "haar:64"),
    (.operations, 26_000, "random", "random:100"), (.parameters, 1028, "fourier", "fourier:256"),
    (.parameters, 1040, "fourier", "fourier:256"), (.parameters, 33_412, "mlp", "mlp:128"),
    (.parameters, 2614, "mlp", "mlp:10"), (.parameters, 2276, "cnn", "cnn:8x16"),
    (.parameters, 605, "cnn", "cnn:2x7"), (.parameters, 605, "frozen:cnn:dct", "frozen:cnn:2x7:dct"),
    (.parameters, 2614, "shuffled:mlp", "shuffled:mlp:10"), (.parameters, 5, "majority", "majority"),
    (.parameters, 3000, "cnn:9x9", "cnn:9x9"), (.parameters, 3000, "fourier:9", "fourier:9"),
    (.parameters, 3000, "net-1", "net-1"),
  ])
  func theSizeIsTheNearest(currency: Currency, budget: Int, model: String, matched: String) throws {
    #expect(try arena([model], currency, budget).contenders[0].name == matched)
    try ContenderCatalog.checkName(matched)
  }

  /// Wherever a network is counted as matched it is; elsewhere the table says so and by how much.
  @Test(arguments: Currency.allCases, [600, 2000, 9000, 40_000])
  func whatIsNotMatchedIsSaid(currency: Currency, budget: Int) throws {
    for model in ["cnn", "mlp", "lenet-5", "standard", "large-kernel", "net-5", "lecun-1989"] {
      guard let arena = try? arena([model], currency, budget) else { continue }
      let (contender, cost) = (arena.contenders[0], arena.contenders[0].cost.amount(in: currency))
      let isMatched = abs(Double(cost) / Double(budget) - 1) <= 0.02
      #expect(isMatched == arena.notes.isEmpty, "\(contender.name): \(cost)")
      #expect(arena.notes.allSatisfy { $0.hasPrefix("\(contender.name) is not matched: the nearest of its widths") })
    }
  }

  /// No width of a perceptron is nearer than the one that was found.
  @Test(arguments: [300, 1000, 2000, 5000, 12_345])
  func noWidthIsNearer(budget: Int) throws {
    let found = try arena(["mlp"], .parameters, budget).contenders[0].cost.parameters
    let nearest = (1...60).map { abs(261 * $0 + 4 - budget) }.min()
    #expect(abs(found - budget) == nearest)
  }

  @Test(arguments: [
    (Currency.parameters, 3000, "fourier", "cannot be matched to 3,000 parameters: on these images it has 8 to 1,028"),
    (.parameters, 3, "haar", "cannot be matched"), (.links, 50, "standard", "cannot be matched"),
    (.operations, 100, "random", "cannot be matched"),
  ])
  func aBudgetOutOfReachIsAnError(currency: Currency, budget: Int, model: String, complaint: String) throws {
    let error = #expect(throws: InputError.self) { _ = try arena([model], currency, budget) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  @Test func fixedSizesAreNamed() throws {
    let arena = try arena(["pixels", "log-fourier", "fourier:3", "fourier"], .parameters, 600)
    #expect(arena.notes.count == 3)
    #expect(arena.notes[0] == "pixels is not matched: its size is not free, 1,028 parameters, 71.3 % above the budget")
  }

  @Test func twoModelsOfOneSizeAreRefused() throws {
    #expect(throws: InputError.self) { _ = try arena(["fourier", "fourier:149"], .parameters, 600) }
  }

  private func arena(_ models: [String], _ currency: Currency, _ budget: Int) throws -> Arena {
    let dataset = try SyntheticFamilies.named("ramps").makeDataset(count: 60, from: RandomStream(seed: 3))
    let configuration = ComparisonConfiguration(
      dataset: ["x"], models: models, match: currency, budget: budget, noControls: true)
    return try #require(Comparison(configuration, datasets: [dataset]).arenas.first)
  }
}
