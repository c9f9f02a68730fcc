import ArgumentParser
import Calibration
import Foundation
import Parallel
import Spectral
import Tensors

/// `basislab crossover`: where the methods of convolution overtake each other on this machine.
struct CrossoverCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "crossover",
    abstract: "Measure where the methods of convolution overtake each other.",
    discussion: """
      Every combination of image, channels and batch is a panel, and every kernel a point in it: mode 'same', as many \
      filters as channels. The table shows the time of each method, what 'automatic' chose, and its regret: how much \
      longer the choice takes than the fastest. Methods that are predicted to be far slower are not run. The output is a \
      chart (.svg, .png) or the table (.csv). With --random the points are convolutions drawn at random, which no \
      calibration has seen: images, batches and banks, forward passes and training.
      """)

  @Option(parsing: .upToNextOption, help: "The sides of the square images.")
  var images = [CommaList([64, 256, 1024])]

  @Option(parsing: .upToNextOption, help: "The sides of the square kernels.")
  var kernels = [CommaList([3, 5, 7, 11, 15, 21, 31, 45, 63, 91, 127])]

  @Option(parsing: .upToNextOption, help: "The channels, and as many filters.")
  var channels = [CommaList([1, 16])]

  @Option(parsing: .upToNextOption, help: "The images of one pass.")
  var batch = [CommaList([1])]

  @Option(help: ArgumentHelp("Instead of the combinations, so many convolutions drawn at random.", valueName: "count"))
  var random: Int?

  @Option(help: "What the random convolutions are drawn by.")
  var seed: UInt64 = 1

  @Flag(help: "Time a step of training, both gradients included, instead of the forward pass.")
  var training = false

  @Flag(help: "Compute in double precision.")
  var double = false

  @Option(help: "The seconds for each method at each point.")
  var budget = 0.1

  @Option(help: ArgumentHelp("Where the chart (.svg, .png) or the table (.csv) goes.", valueName: "file"))
  var output: String?

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    for (name, sizes) in [("--images", images), ("--kernels", kernels), ("--channels", channels), ("--batch", batch)] {
      try sizes.values().forEach { try Usage.require($0, in: 1...32768, name, "at least") }
    }
    try random.map { try Usage.require($0, in: 1...100_000, "--random", "at least") }
    guard random == nil || output.map({ $0.hasSuffix(".csv") }) ?? true else {
      throw ValidationError("--random: expected a table (.csv) as output, got \(output ?? "")")
    }
    try MeasuringTime.check(budget)
    _ = try Usage.check { try output.map { try Ending(of: $0, among: [.svg, .png, .csv], for: "--output") } }
    guard try !works().isEmpty else {
      throw ValidationError("--kernels: expected one that is not larger than every image")
    }
  }

  func execute() throws {
    let report = try double ? measure(Double.self) : measure(Float.self)
    if let output { try write(report, to: output) }
    if json { try Console.resultJSON(report) } else { try report.lines.forEach(Console.result) }
  }

  private func measure<S: SpectralScalar>(_ precision: S.Type) throws -> CrossoverReport {
    Interrupt.beginListening()
    let planner = ConvolutionPlanner.calibrated { if !common.quiet { Console.note($0) } }
    let crossover = Crossover(planner, budget: budget)
    let progress = ProgressLine("measuring", isQuiet: common.quiet)
    let works = try works()
    let points = try works.enumerated().map { index, work in
      guard !Interrupt.isRequested else { throw ExitCode(Interrupt.exitCode) }
      progress.show(Double(index) / Double(works.count), "\(work.shape.inputHeight)×\(work.shape.inputWidth)")
      return try crossover.measure(work, as: precision)
    }
    progress.end()
    return CrossoverReport(points, precision: S.name)
  }

  private func write(_ report: CrossoverReport, to output: String) throws {
    let url = URL(fileURLWithPath: output)
    if try Ending(of: output, among: [.svg, .png, .csv]) == .csv {
      try report.csv.write(to: url)
    } else {
      try report.chart.write(to: url)
    }
  }

  private func works() throws -> [ConvolutionWork] {
    if let random { return RandomWorks.draw(random, seed: seed) }
    let sides = kernels.values()
    return try channels.values().flatMap { channels in
      try batch.values().flatMap { batch in
        try images.values().flatMap { image in
          try sides.filter { $0 <= image }.map { kernel in
            let shape = try ConvolutionShape(
              inputChannels: channels, outputChannels: channels, inputHeight: image, inputWidth: image,
              kernelHeight: kernel, kernelWidth: kernel,
              padding: .same(kernelHeight: kernel, kernelWidth: kernel))
            return ConvolutionWork(shape, images: batch, purpose: training ? .training : .forward)
          }
        }
      }
    }
  }
}
