import ArgumentParser
import Foundation
import Spectral
import Tensors

/// `basislab convolve`: one convolution of images in files.
struct Convolve: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Convolve images or signals with a kernel or a bank of kernels.",
    discussion: """
      Images are [H,W] with any batch axes before, and the kernel [kh,kw]; signals [n] with a kernel [m]; or images
      [N,C,H,W] with a bank [F,C/groups,kh,kw], signals [N,C,n] with [F,C/groups,m]. Arrays come as .npy; pictures as .png,
      read as brightness from 0 to 1. With an array of float64 the computation is in double precision, otherwise in
      single. Written to .png, the result is clipped to 0…1 unless it is rescaled. An .npy image that does not fit into
      memory is read, convolved and written block by block.
      """)

  @Argument(help: ArgumentHelp("The image, .npy or .png.", valueName: "image"))
  var image: String

  @Argument(help: ArgumentHelp("The kernel, .npy or .png.", valueName: "kernel"))
  var kernel: String

  @Option(help: ArgumentHelp("Where the result goes, .npy or .png.", valueName: "file"))
  var output: String

  @OptionGroup var convolution: ConvolutionOptions

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
    guard try !executeByBlocks() else { return }
    let (x, k) = (try ArrayFile(image), try ArrayFile(kernel))
    if x.isDouble || k.isDouble {
      try execute(x, k, as: Double.self)
    } else {
      try execute(x, k, as: Float.self)
    }
  }

  private func execute<S: SpectralScalar>(_ image: ArrayFile, _ kernel: ArrayFile, as precision: S.Type) throws {
    let (x, k): (Tensor<S>, Tensor<S>) = (try image.tensor(), try kernel.tensor())
    let mask = try convolution.mask.map { try ArrayFile($0).truthValues() }
    let planner = try planning.planner(isQuiet: common.quiet)
    var timing = ConvolutionReport.Timing()
    let plan = try ConvolutionReport.Timing.measure(&timing.plan) {
      try ImageConvolutionPlan(
        convolution.request, images: x.shape, for: k, separableTolerance: convolution.separableTolerance,
        method: convolution.method, planner: planner)
    }
    try checkOutput(plan.outputShape(for: x.shape))
    warnOfSwap(x.shape, k.shape)
    let result = try compute(plan, x, k, mask, &timing)
    try ArrayFile.write(result, to: output, rescaling: rescale)
    let explanation =
      try planning.explain
      ? Explanation(of: plan.method, plan.work, planner, isMeasured: planning.measure, as: S.self) : nil
    try report(ConvolutionReport(plan.method, S.name, timing, shape: result.shape, explanation: explanation))
  }

  private func compute<S: SpectralScalar>(
    _ plan: ImageConvolutionPlan<S>, _ x: Tensor<S>, _ k: Tensor<S>, _ mask: Tensor<Bool>?,
    _ timing: inout ConvolutionReport.Timing
  ) throws -> Tensor<S> {
    let workspace = plan.makeWorkspace()
    let (kernel, mask) = try ConvolutionReport.Timing.measure(&timing.prepare) {
      (plan.prepare(k), try mask.map { try plan.prepare(mask: $0, for: k) })
    }
    var result = Tensor<S>.zeros(plan.outputShape(for: x.shape))
    for _ in 0..<repeatCount {
      var seconds = 0.0
      try ConvolutionReport.Timing.measure(&seconds) {
        if let mask {
          result = try plan.apply(kernel, to: x, mask: mask, workspace: workspace)
        } else {
          var span = result.mutableSpan
          plan.apply(kernel, to: x.span, into: &span, workspace: workspace)
        }
      }
      timing.runs.append(seconds)
    }
    return result
  }

  private func checkOutput(_ shape: [Int]) throws {
    guard try Ending(of: output, among: ArrayFile.endings) == .png, shape.count != 2 else { return }
    throw InputError(
      output, "expected a result [H,W] for a .png, found shape \(shape)", remedy: "Write a .npy file.")
  }

  private func warnOfSwap(_ image: [Int], _ kernel: [Int]) {
    guard !common.quiet, kernel.count <= 2, zip(kernel, image.suffix(kernel.count)).allSatisfy(>) else { return }
    Console.note("warning: the kernel \(kernel) is larger than the image \(image): are they in each other's place?")
  }

  private func report(_ report: ConvolutionReport) throws {
    if json {
      try Console.resultJSON(report)
    } else {
      try report.explanation?.lines.forEach(Console.result)
      if !common.quiet { Console.note(report.line(output: output, runs: repeatCount)) }
    }
  }
}
