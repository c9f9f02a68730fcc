import Experiments
import Foundation

/// Shows a training under way: a line that is rewritten on a terminal, a plain line per epoch otherwise.
final class TrainProgress: TrainingObserver {
  private let epochs: Int
  private let isQuiet: Bool
  private var shown = ContinuousClock.now
  private var epochStart = ContinuousClock.now

  init(epochs: Int, isQuiet: Bool) {
    self.epochs = epochs
    self.isQuiet = isQuiet
  }

  func batchBegins(after images: Int, of count: Int, epoch: Int) {
    guard !isQuiet && Console.isInteractive else { return }
    let now = ContinuousClock.now
    if images == 0 { epochStart = now }
    guard images > 0, now - shown > .milliseconds(100) else { return }
    shown = now
    let speed = Double(images) / ((now - epochStart) / .seconds(1))
    let left = (Double(count - images) + Double((epochs - epoch) * count)) / speed
    Console.status(
      String(format: "\r\u{1B}[2Kepoch %d/%d  %d %%  %.0f images/s  ", epoch, epochs, 100 * images / count, speed)
        + Self.time(left))
  }

  func epochFinished(_ record: EpochRecord, secondsLeft: Double) {
    guard !isQuiet else { return }
    end()
    Console.note("epoch \(record.epoch)/\(epochs)  \(record.line)  \(Self.time(secondsLeft))")
  }

  /// Clears the line of progress.
  func end() { if !isQuiet && Console.isInteractive { Console.status("\r\u{1B}[2K") } }

  private static func time(_ seconds: Double) -> String {
    seconds < 90
      ? String(format: "%.1f s left", seconds) : "\(Int(seconds) / 60) min \(Int(seconds) % 60) s left"
  }
}
