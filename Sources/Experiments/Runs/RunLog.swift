import Foundation

/// The diary of a run, `log.txt`: a line with the time for everything that happens.
///
/// A line that cannot be written is lost: what counts is in the store, which says so itself.
struct RunLog: Sendable {
  let url: URL

  /// Appends a line.
  func note(_ line: String) {
    let descriptor = open(url.path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o666)
    guard descriptor >= 0 else { return }
    defer { close(descriptor) }
    let bytes = Array("\(ISO8601DateFormatter().string(from: Date()))  \(line)\n".utf8)
    _ = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
  }
}
