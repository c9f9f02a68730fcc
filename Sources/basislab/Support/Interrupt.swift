import Foundation
import Synchronization

/// Ctrl-C and SIGTERM as a flag that long work asks for, so that what is finished stays and is valid.
enum Interrupt {
  private static let requested = Atomic<Bool>(false)

  /// Whether the user has asked to stop.
  static var isRequested: Bool { requested.load(ordering: .relaxed) }

  /// The exit code of a program that a SIGINT ended.
  static let exitCode: Int32 = 130

  /// From now on the first signal sets the flag; a second one ends the program at once.
  static func beginListening() {
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.requested.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
