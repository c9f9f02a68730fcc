import Datasets
import Experiments
import Tensors
import TestSupport
import Testing

@Suite struct ContenderCostTests {
  /// Counted by hand for 16×16 images of four classes.
  ///
  /// Haar takes 2 for each pixel, axis and level, on 256, 64, 16 and 4 pixels. Fourier takes for each line of an axis 30 for
  /// sums and differences of mirrored pixels and 113 for cosines and sines that are not zero, and 452 for the waves that
  /// run across both. The second convolution of `cnn` goes by Winograd's F(4×4, 3×3): four
  /// tiles, in each 36 products of 8·16, and 2·6³ multiply-adds for a channel, 4·36 + 16·6 for a filter.
  @Test(arguments: [
    ("majority", 4, 4, 0), ("pixels", 4 * 257, 4 * 257, 4 * 256), ("haar:10", 4 * 11, 4 * 11, 4 * 340 + 4 * 10),
    ("haar@f-statistic:10", 4 * 11, 4 * 11, 4 * 340 + 4 * 10), ("fourier", 4 * 65, 4 * 65, 32 * 143 + 452 + 4 * 64),
    ("haar+l1", 4 * 257, 4 * 257, 4 * 340 + 4 * 256), ("haar:10+group-l1", 4 * 11, 4 * 11, 4 * 340 + 4 * 10),
    ("mlp", 256 * 128 + 128 + 128 * 4 + 4, 256 * 128 + 128 + 128 * 4 + 4, 256 * 128 + 128 * 4),
    (
      "cnn", 8 * 10 + 16 * 73 + 4 * 257, 256 * 8 * 10 + 64 * 16 * 73 + 4 * 257,
      256 * 8 * 9 + 4 * (36 * 8 * 16 + 8 * 432 + 16 * 240) + 4 * 256
    ),
  ])
  func parametersLinksAndOperations(model: String, parameters: Int, links: Int, operations: Int) throws {
    let dataset = try SyntheticFamilies.named("ramps").makeDataset(count: 80, from: RandomStream(seed: 1))
    let configuration = ComparisonConfiguration(dataset: ["ramps"], models: [model], count: 80)
    let arena = try #require(Comparison(configuration, datasets: [dataset]).arenas.first)
    #expect(arena.contenders[0].cost == ModelCost(parameters: parameters, links: links, operations: operations))
  }
}
