import Foundation
import Tensors

/// The peers' Python program: started once, asked over pipes, one line of JSON each way.
final class PeerProcess {
  private let process = Process()
  private let requests = Pipe()
  private let replies = Pipe()
  private var unread = Data()

  /// Starts the program.
  ///
  /// - Parameters:
  ///   - python: The interpreter.
  ///   - program: The script.
  ///   - threadCount: The threads that the peers may use.
  /// - Throws: ``InputError`` where either is missing.
  init(python: String, program: String, threadCount: Int) throws {
    guard FileManager.default.isExecutableFile(atPath: python) else {
      throw InputError("--python \(python)", "no such program", remedy: "Run 'make bench', which installs the peers.")
    }
    guard FileManager.default.isReadableFile(atPath: program) else {
      throw InputError("--peers \(program)", "no such file", remedy: "Run from the root of the package.")
    }
    signal(SIGPIPE, SIG_IGN)
    process.executableURL = URL(fileURLWithPath: python)
    process.arguments = [program, "--threads", String(threadCount)]
    process.environment = Self.environment(threadCount)
    process.standardInput = requests
    process.standardOutput = replies
    try process.run()
  }

  deinit {
    try? requests.fileHandleForWriting.close()
    process.waitUntilExit()
  }

  /// The number of the process.
  var identifier: Int32 { process.processIdentifier }

  private static func environment(_ threadCount: Int) -> [String: String] {
    let names = ["OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"]
    let limits = Dictionary(uniqueKeysWithValues: names.map { ($0, String(threadCount)) })
    return ProcessInfo.processInfo.environment.merging(limits) { $1 }
  }

  /// Sends a request and waits for its answer.
  ///
  /// - Parameter request: What is asked.
  /// - Returns: The answer.
  /// - Throws: ``PeerFailure`` with what the peer reports, ``InputError`` when the program has ended.
  func ask<Request: PeerRequest>(_ request: Request) throws -> Request.Answer {
    let line = try JSONEncoder().encode(PeerEnvelope(request)) + Data("\n".utf8)
    try requests.fileHandleForWriting.write(contentsOf: line)
    let reply = try JSONDecoder().decode(PeerReply<Request.Answer>.self, from: readLine())
    guard let value = reply.value else { throw PeerFailure(message: reply.error ?? "no answer") }
    return value
  }

  private func readLine() throws -> Data {
    while true {
      if let end = unread.firstIndex(of: UInt8(ascii: "\n")) {
        let line = unread[..<end]
        unread = Data(unread[(end + 1)...])
        return line
      }
      let received = replies.fileHandleForReading.availableData
      guard !received.isEmpty else {
        throw InputError("peers", "the Python program ended; its last words are above")
      }
      unread += received
    }
  }
}
