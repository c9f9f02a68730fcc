import ArgumentParser
import Foundation
import Parallel
import Spectral
import Tensors

extension ConvolutionMode: ExpressibleByArgument {}
extension Boundary: ExpressibleByArgument {}
extension ConvolutionMethod: ExpressibleByArgument {}

/// `basislab convolve`: one convolution of images in files.
struct Convolve: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Convolve an image, or a stack of images, with a kernel.",
    discussion: """
      Arrays are [H,W] or [N,H,W] in .npy, the kernel is [kh,kw]; pictures are .png, read as brightness from 0 to 1. With an
      array of float64 the computation is in double precision, otherwise in single. Written to .png, the result is
      clipped to 0…1 unless it is rescaled.
      """)

  @Argument(help: ArgumentHelp("The image, .npy or .png.", valueName: "image"))
  var image: String

  @Argument(help: ArgumentHelp("The kernel, .npy or .png.", valueName: "kernel"))
  var kernel: String

  @Option(help: ArgumentHelp("Where the result goes, .npy or .png.", valueName: "file"))
  var output: String

  @Option(help: "Which outputs are computed.")
  var mode = ConvolutionMode.same

  @Option(help: "What the image is outside its borders.")
  var boundary = Boundary.zero

  @Option(help: "How it is computed; never changes the result beyond rounding.")
  var method = ConvolutionMethod.automatic

  @Flag(help: "Do not flip the kernel: cross-correlation, as in a convolutional network.")
  var correlate = false

  @Flag(help: "Stretch the result to 0…1 before it is written to a .png.")
  var rescale = false

  @Option(name: .customLong("repeat"), help: "Compute this many times, for the clock.")
  var repeatCount = 1

  @Flag(help: "One JSON document with method, threads, seconds and shape on standard output.")
  var json = false

  @OptionGroup var planning: PlanningOptions

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try Usage.require(repeatCount, in: 1...1_000_000, "--repeat", "times")
    let ending = try Usage.check { try Ending(of: output, among: ArrayFile.endings, for: "--output") }
    guard !rescale || ending == .png else {
      throw ValidationError("--rescale: expected an output that ends in .png, got '\(output)'")
    }
  }

  func execute() throws {
    let (x, k) = (try ArrayFile(image), try ArrayFile(kernel))
    guard x.rank == 2 || x.rank == 3, k.rank == 2 else {
      throw InputError(
        x.rank == 2 || x.rank == 3 ? kernel : image,
        "expected an image [H,W] or [N,H,W] and a kernel [kh,kw], found shapes \(x.shape) and \(k.shape)")
    }
    if x.isDouble || k.isDouble {
      try execute(x, k, as: Double.self)
    } else {
      try execute(x, k, as: Float.self)
    }
  }

  private func execute<S: SpectralScalar>(_ image: ArrayFile, _ kernel: ArrayFile, as precision: S.Type) throws {
    let (x, k): (Tensor<S>, Tensor<S>) = (try image.tensor(), try kernel.tensor())
    let ending = try Ending(of: output, among: ArrayFile.endings)
    guard ending == .npy || x.rank == 2 else {
      throw InputError(output, "expected one image for a .png, found a stack \(x.shape)", remedy: "Write to .npy.")
    }
    let planner = try planning.planner(isQuiet: common.quiet)
    let (result, timing) = try compute(x, k, planner)
    try ArrayFile.write(result, to: output, rescaling: rescale)
    try report(timing, shape: result.shape)
  }

  private func compute<S: SpectralScalar>(
    _ x: Tensor<S>, _ k: Tensor<S>, _ planner: ConvolutionPlanner
  ) throws -> (Tensor<S>, Timing) {
    let clock = ContinuousClock()
    let start = clock.now
    let images = x.rank == 3 ? max(1, x.shape[0]) : 1
    let plan = try ImageConvolutionPlan<S>(
      correlate ? .crossCorrelation : .convolution, imageSize: (x.shape[x.rank - 2], x.shape[x.rank - 1]),
      kernelSize: (k.shape[0], k.shape[1]), images: images, mode: mode, boundary: boundary, method: method,
      planner: planner)
    let prepared = plan.prepare(k)
    let workspace = plan.makeWorkspace()
    var timing = Timing(method: plan.method, precision: S.name, plan: seconds(clock.now - start))
    var result = Tensor<S>.zeros([0])
    for _ in 0..<repeatCount {
      let start = clock.now
      result = plan.apply(prepared, to: x, workspace: workspace)
      timing.executions.append(seconds(clock.now - start))
    }
    timing.explanation = try planning.explain ? explanation(plan, images: images, planner) : nil
    return (result, timing)
  }

  private func explanation<S: SpectralScalar>(
    _ plan: ImageConvolutionPlan<S>, images: Int, _ planner: ConvolutionPlanner
  ) throws -> Explanation {
    try Explanation(
      of: plan.method, ConvolutionWork(plan.shape, boundary: boundary, images: images), planner,
      isMeasured: planning.measure, as: S.self)
  }

  private func report(_ timing: Timing, shape: [Int]) throws {
    let report = Report(timing, threads: ThreadPool.shared.threadCount, shape: shape)
    if json { try Console.resultJSON(report) } else { try timing.explanation?.lines.forEach(Console.result) }
    guard !json && !common.quiet else { return }
    let size = shape.map(String.init).joined(separator: "×")
    let times = repeatCount == 1 ? "" : ", minimum \(milliseconds(report.seconds.minimum)) of \(repeatCount)"
    Console.note(
      "\(output): \(size) \(report.precision) by \(report.method) on \(report.threads) threads in "
        + "\(milliseconds(report.seconds.median))\(times), planned in \(milliseconds(report.seconds.plan))")
  }

  private func seconds(_ duration: Duration) -> Double { duration / .seconds(1) }

  private func milliseconds(_ seconds: Double) -> String { "\((seconds * 1e6).rounded() / 1e3) ms" }

  private struct Timing {
    let method: ConvolutionMethod
    let precision: String
    let plan: Double
    var executions: [Double] = []
    var explanation: Explanation?
  }

  private struct Report: Encodable {
    struct Seconds: Encodable { let plan, median, minimum: Double }

    let method: String
    let precision: String
    let threads: Int
    let seconds: Seconds
    let shape: [Int]
    let explanation: Explanation?

    init(_ timing: Timing, threads: Int, shape: [Int]) {
      let sorted = timing.executions.sorted()
      let middle = sorted.count / 2
      let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
      method = timing.method.rawValue
      precision = timing.precision
      seconds = Seconds(plan: timing.plan, median: median, minimum: sorted[0])
      explanation = timing.explanation
      self.threads = threads
      self.shape = shape
    }
  }
}
