import ArgumentParser
import Formats
import Foundation
import Tensors

/// The two streams of the command: data on standard output, everything else on standard error.
enum Console {
  /// Whether a person watches standard error.
  static let isInteractive = isatty(STDERR_FILENO) == 1

  /// Writes a line to standard error.
  static func note(_ line: String) { status(line + "\n") }

  /// Writes text to standard error as it is, without a line's end.
  static func status(_ text: String) { _ = write(text, to: STDERR_FILENO) }

  /// Writes a line of the result to standard output.
  ///
  /// - Parameter line: The line, without its end.
  /// - Throws: `InputError` where the output cannot be written; an exit code, silently, where its reader has left.
  static func result(_ line: String) throws {
    guard let code = write(line + "\n", to: STDOUT_FILENO) else { return }
    if code == EPIPE { throw ExitCode(128 + SIGPIPE) }
    throw InputError("standard output", "cannot be written: \(String(cString: strerror(code)))")
  }

  /// Writes a value to standard output as one JSON document.
  static func resultJSON(_ value: some Encodable) throws { try result(JSONText.encode(value)) }

  /// Writes text to a stream; the number of the error where it fails.
  private static func write(_ text: String, to descriptor: Int32) -> Int32? {
    var rest = Array(text.utf8)[...]
    while !rest.isEmpty {
      let count = rest.withUnsafeBytes { Foundation.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0 && errno == EINTR { continue }
      guard count >= 0 else { return errno }
      rest = rest.dropFirst(count)
    }
    return nil
  }
}
