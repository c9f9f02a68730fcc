import NeuralNetworks
import Spectral
import Tensors
import Workloads

/// All works, in the order in which they are measured.
enum WorkCatalog {
  static let groups = pieces + networks

  private static let pieces: [WorkGroup] = [
    WorkGroup(
      title: "One H×H image, one k×k kernel, one call (convolve-H-k)",
      goal: WorkGroup.Goal(everywhere: 1.2, geometricMean: 4), works: onImages(Convolve.init(size:kernel:))),
    WorkGroup(
      title: "The same with the kernel prepared beforehand on both sides (prepared-H-k)",
      goal: WorkGroup.Goal(everywhere: 1.2, geometricMean: 4), works: onImages(PreparedConvolve.init(size:kernel:))),
    WorkGroup(
      title: "64 kernels on one image", goal: WorkGroup.Goal(everywhere: 4),
      works: [Convolve(bank: 64, size: 512, kernel: 31)]),
    WorkGroup(
      title: "Many small images with one kernel", goal: WorkGroup.Goal(everywhere: 4),
      works: [Convolve(count: 7291, size: 16, kernel: 15)]),
    WorkGroup(
      title: "A layer with 15×15 kernels, forward and both gradients", goal: WorkGroup.Goal(everywhere: 4),
      works: [Layer(images: 128, inputChannels: 16, size: 16, outputChannels: 16, kernel: 15)]),
    WorkGroup(
      title: "A layer with 3×3 kernels, forward and both gradients", goal: WorkGroup.Goal(everywhere: 1),
      works: [Layer(images: 128, inputChannels: 32, size: 8, outputChannels: 64, kernel: 3)]),
    WorkGroup(
      title: "One signal of 2²⁰ samples, one kernel (signal-n-k)", goal: WorkGroup.Goal(everywhere: 1.5),
      works: [64, 256, 1024, 4096, 16384, 65536].map { Convolve(samples: 1 << 20, kernel: $0) }),
    WorkGroup(
      title: "Haar coefficients of many images", goal: WorkGroup.Goal(everywhere: 10), works: [transform("haar")]),
    WorkGroup(
      title: "Cosine coefficients of many images", goal: WorkGroup.Goal(everywhere: 1.5), works: [transform("dct")]),
    WorkGroup(
      title: "Fourier coefficients of many images", goal: WorkGroup.Goal(everywhere: 1), works: [transform("fourier")]),
    WorkGroup(
      title: "Wavelet scattering of small images", goal: WorkGroup.Goal(everywhere: 10),
      works: [Scattering(count: 9298, size: 16)]),
    WorkGroup(
      title: "Multinomial regression", goal: WorkGroup.Goal(everywhere: 3),
      works: [Fit(rows: 7291, columns: 256, classes: 10)]),
  ]

  private static let networks =
    training(.small, goals: [(32, 4), (128, 3)]) + training(.standard, goals: [(32, 2), (128, 1.5)])
    + training(.largeKernel, goals: [(32, 3), (128, 3)]) + training(.mlp, goals: [(32, 2), (128, 1.5)])

  /// Training and prediction of one network, with a goal for each size of a batch.
  private static func training(_ architecture: Architecture, goals: [(batch: Int, ratio: Double)]) -> [WorkGroup] {
    goals.map { batch, ratio in
      WorkGroup(
        title: "The network \(architecture.rawValue) on 16×16 images, batches of \(batch)",
        goal: WorkGroup.Goal(everywhere: ratio),
        works: [
          Train(architecture: architecture, batchSize: batch), Predict(architecture: architecture, batchSize: batch),
        ])
    }
  }

  private static func transform(_ name: String) -> Transform {
    let basis = try? BasisCatalog.basis(named: name, height: 16, width: 16, random: RandomStream(seed: 1))
    guard let basis = basis as? any OrthonormalBasis else { preconditionFailure("expected a basis, got \(name)") }
    return Transform(basis: basis, count: 7291)
  }

  private static func onImages<Work: Workload>(_ makeWork: (Int, Int) -> Work) -> [any Workload] {
    [256, 512, 1024, 2048, 4096].flatMap { size in
      [3, 7, 15, 31, 63, 127, 255].map { makeWork(size, $0) }
    }
  }

  /// The works whose name is, or begins with, one of the given words.
  ///
  /// - Parameter words: Names or their beginnings, cut before a hyphen; every work when empty.
  /// - Returns: The works in the order of the catalog.
  /// - Throws: ``InputError`` for a word that no work has.
  static func works(named words: [String]) throws -> [any Workload] {
    let all = groups.flatMap(\.works)
    for word in words where !all.contains(where: { matches($0, word) }) {
      throw Suggestion.unknown(word, kind: "work", accepted: families(of: all) + all.map(\.name))
    }
    return words.isEmpty ? all : all.filter { work in words.contains { matches(work, $0) } }
  }

  private static func families(of works: [any Workload]) -> [String] {
    works.map(\.family).reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
  }

  private static func matches(_ work: any Workload, _ word: String) -> Bool {
    work.name == word || work.name.hasPrefix(word + "-")
  }
}
