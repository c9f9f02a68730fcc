import Datasets

/// What the hypothesis of a built-in family says about a table: which models should beat all others.
///
/// It is judged in two clauses, each a paired difference: the best expected winner against the best other fixed model,
/// and against the best other learned model, all three named by validation score.
struct Expectation {
  /// The hypothesis in words.
  let statement: String

  private let winners: Set<String>

  /// The expectation of a data set; `nil` where it is none of the built-in families, but a file.
  static func of(_ dataset: Dataset) -> Expectation? {
    guard dataset.origin == nil, let winners = winnersByFamily[dataset.name],
      let family = SyntheticFamilies.all.first(where: { type(of: $0).name == dataset.name })
    else { return nil }
    return Expectation(statement: type(of: family).hypothesis, winners: winners)
  }

  /// Whether the hypothesis expects this model to be among the winners.
  func isExpectedWinner(_ model: String) -> Bool {
    winners.contains(String(model.prefix { !":@+".contains($0) }))
  }

  private static let winnersByFamily: [String: Set<String>] = [
    "gratings": ["fourier"], "mosaics": ["haar"], "ramps": ["polynomial"], "motifs": ["cnn", "small", "large-kernel"],
  ]
}
