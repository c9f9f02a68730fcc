import ArgumentParser

/// `basislab bench`: how long works take here, by the measurements that peers are held to in `make bench`.
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench", abstract: "Measure training, prediction, convolution, fits and transforms on this machine.",
    discussion: """
      The works are those of 'make bench', which measures PyTorch, SciPy, scikit-learn and kymatio on the same inputs beside \
      them.
      """,
    subcommands: [BenchConvolve.self, BenchFit.self, BenchPredict.self, BenchTrain.self, BenchTransform.self])
}
