import Foundation

/// The memory that this process may still take.
public enum AvailableMemory {
  /// What the system has to give without swapping, bounded by what the control groups round the process leave it; `nil`
  /// where the system does not say.
  public static var byteCount: Int? {
    let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    let limits = ThreadPool.controlGroupFolders(processGroups: groups).compactMap { folder in
      remainder(
        limit: text("\(folder)/memory.max"), used: text("\(folder)/memory.current"),
        statistics: text("\(folder)/memory.stat"))
    }
    return (limits + [available(systemMemory: text("/proc/meminfo"))].compactMap { $0 }).min()
  }

  /// The bytes that the system could give to new work without swapping.
  ///
  /// - Parameter systemMemory: The content of `/proc/meminfo`, with a line such as `MemAvailable: 1024 kB`.
  /// - Returns: The bytes, or `nil` where the line is missing or not understood.
  package static func available(systemMemory: String?) -> Int? {
    number(after: "MemAvailable:", in: systemMemory).map { $0 << 10 }
  }

  /// The bytes that a version 2 control group leaves its processes; the files that it could forget are not counted as
  /// used.
  ///
  /// - Parameters:
  ///   - limit: The content of `memory.max`, a number of bytes or `max`.
  ///   - used: The content of `memory.current`.
  ///   - statistics: The content of `memory.stat`, with a line such as `inactive_file 4096`.
  /// - Returns: The bytes, or `nil` where there is no limit.
  package static func remainder(limit: String?, used: String?, statistics: String?) -> Int? {
    guard let limit = number(after: "", in: limit), let used = number(after: "", in: used) else { return nil }
    return max(0, limit - used + (number(after: "inactive_file", in: statistics) ?? 0))
  }

  private static func text(_ path: String) -> String? { try? String(contentsOfFile: path, encoding: .utf8) }

  /// The first word after a name at the start of a line, as a number.
  private static func number(after name: String, in text: String?) -> Int? {
    let line = text?.split(separator: "\n").first { $0.hasPrefix(name) }
    return line?.dropFirst(name.count).split(separator: " ").first.flatMap { Int($0) }
  }
}
