import Foundation

/// Shows on standard error how far a convolution by blocks has come.
///
/// On a terminal one line with the rate and the time left, otherwise a line for every tenth of the way.
struct BlockProgress {
  private let blockCount: Int
  private let outputCount: Int
  private let isQuiet: Bool
  private let started = ContinuousClock.now
  private var tenths = 0

  init(blocks: Int, outputs: Int, isQuiet: Bool) {
    (blockCount, outputCount, self.isQuiet) = (blocks, outputs, isQuiet)
  }

  /// Shows that so many blocks are done.
  mutating func show(_ blocks: Int) {
    guard !isQuiet else { return }
    let seconds = (ContinuousClock.now - started) / .seconds(1)
    let share = Double(blocks) / Double(blockCount)
    let rate = String(format: "%.1f", Double(outputCount) * share / seconds / 1e6)
    let left = Int((seconds / share - seconds).rounded(.up))
    let line = "\(blocks)/\(blockCount) blocks, \(rate) million outputs/s, about \(left) s left"
    if Console.isInteractive {
      Console.status("\r\u{1B}[2K\(line)")
    } else if blocks * 10 / blockCount > tenths {
      tenths = blocks * 10 / blockCount
      Console.note(line)
    }
  }

  /// Clears the line of a terminal.
  func finish() { if !isQuiet && Console.isInteractive { Console.status("\r\u{1B}[2K") } }
}
