import ArgumentParser
import Calibration
import Foundation
import Parallel
import Spectral
import Tensors

/// `basislab calibrate`: what the methods of convolution cost on this machine.
struct Calibrate: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Measure this machine, so that convolutions choose their method by it.",
    discussion: """
      Takes less than a minute. The result is kept in $XDG_CACHE_HOME/basislab (or ~/.cache/basislab) for this \
      processor, number of threads and these libraries; 'convolve' and 'crossover' use it from then on. 'train', 'fit' \
      and 'compare' never do, so that their results do not depend on it.
      """)

  @Option(help: "The seconds for each method at each point.")
  var budget = 0.01

  @Flag(help: "One JSON document with the costs on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    try MeasuringTime.check(budget)
  }

  func execute() throws {
    Interrupt.beginListening()
    let progress = ProgressLine("calibrating", isQuiet: common.quiet)
    let models = try Calibrator(budget: budget).measure { step in
      progress.show(step.share, step.stage)
      return !Interrupt.isRequested
    }
    progress.end()
    guard let models else { throw ExitCode(Interrupt.exitCode) }
    let store = CalibrationStore()
    do {
      try store.save(models)
      try WisdomStore().save()
      if !common.quiet { Console.note("\(store.path): measured with \(ThreadPool.shared.threadCount) threads") }
    } catch {
      Console.note("warning: \(error)\nThe calibration is not kept.")
    }
    if json { try Console.resultJSON(models) }
  }
}
