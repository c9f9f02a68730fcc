import Tensors

/// All works, in the order in which they are measured.
enum WorkCatalog {
  static let all: [any Workload] =
    convolutions + [
      Transform(count: 7291, size: 16), Fit(rows: 7291, columns: 256, classes: 10), Train(batchSize: 32),
      Train(batchSize: 128),
    ]

  private static let convolutions: [any Workload] = [256, 512, 1024].flatMap { size in
    [3, 15, 31, 127].map { Convolve(size: size, kernel: $0) }
  }

  /// The works whose name is, or begins with, one of the given words.
  ///
  /// - Parameter words: Names or their beginnings, cut before a hyphen; every work when empty.
  /// - Returns: The works in the order of the catalog.
  /// - Throws: ``InputError`` for a word that no work has.
  static func works(named words: [String]) throws -> [any Workload] {
    for word in words where !all.contains(where: { matches($0, word) }) {
      throw Suggestion.unknown(word, kind: "work", accepted: families + all.map(\.name))
    }
    return words.isEmpty ? all : all.filter { work in words.contains { matches(work, $0) } }
  }

  private static var families: [String] {
    all.map(\.family).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func matches(_ work: any Workload, _ word: String) -> Bool {
    work.name == word || work.name.hasPrefix(word + "-")
  }
}
