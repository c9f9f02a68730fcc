import Foundation
import Parallel

/// Where and with what a run was made; no result depends on it but the timings.
public struct RunEnvironment: Codable, Sendable {
  /// The version of BasisLab.
  public let version: String
  /// When, in ISO 8601, universal time.
  public let started: String
  /// The threads that were computed on.
  public let threads: Int
  /// The processor's name.
  public let processor: String
  /// The operating system.
  public let system: String

  /// The environment of this process, now.
  static func current() -> RunEnvironment {
    RunEnvironment(
      version: CodeVersion.current, started: ISO8601DateFormatter().string(from: Date()),
      threads: ThreadPool.shared.threadCount, processor: Processor.name,
      system: ProcessInfo.processInfo.operatingSystemVersionString)
  }
}
