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
  ///
  /// The signals are unblocked too, since a parent may hand down a mask that holds them back.
  static func beginListening() {
    var mask = sigset_t()
    sigemptyset(&mask)
    for number in [SIGINT, SIGTERM] { sigaddset(&mask, number) }
    pthread_sigmask(SIG_UNBLOCK, &mask, nil)
    for number in [SIGINT, SIGTERM] {
      signal(number) { number in
        Interrupt.requested.store(true, ordering: .relaxed)
        signal(number, SIG_DFL)
      }
    }
  }
}
