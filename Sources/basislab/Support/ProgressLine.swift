import Foundation

/// How far long work is: one line that is rewritten on a terminal, a line at each tenth otherwise.
final class ProgressLine {
  private let name: String
  private let isQuiet: Bool
  private let start = ContinuousClock.now
  private var shown = -1

  init(_ name: String, isQuiet: Bool) {
    self.name = name
    self.isQuiet = isQuiet
  }

  /// Shows the progress where it is worth it.
  ///
  /// - Parameters:
  ///   - share: The share that is done, 0…1.
  ///   - detail: What is done now.
  func show(_ share: Double, _ detail: String) {
    let step = Int(share * (Console.isInteractive ? 100 : 10))
    guard !isQuiet && step > shown else { return }
    shown = step
    let text = "\(name) \(detail): \(Int(share * 100)) %\(timeLeft(share))"
    if Console.isInteractive { Console.status("\r\(text)\u{1B}[K") } else { Console.note(text) }
  }

  /// Leaves the line.
  func end() {
    if !isQuiet && Console.isInteractive && shown >= 0 { Console.status("\r\u{1B}[K") }
  }

  private func timeLeft(_ share: Double) -> String {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    guard share > 0.02 else { return "" }
    return ", \(Int((elapsed * (1 - share) / share).rounded(.up))) s left"
  }
}
