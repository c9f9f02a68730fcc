import Foundation
import Parallel

/// Where and with what a run was made; no result depends on it but the timings.
package struct RunEnvironment: Codable {
  let version: String
  let started: String
  let threads: Int
  package let processor: String
  let system: String

  /// The environment of this process, now.
  package static func current() -> RunEnvironment {
    RunEnvironment(
      version: CodeVersion.current, started: ISO8601DateFormatter().string(from: Date()),
      threads: ThreadPool.shared.threadCount, processor: Processor.name,
      system: ProcessInfo.processInfo.operatingSystemVersionString)
  }
}
