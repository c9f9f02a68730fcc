import Foundation

extension ThreadPool {
  /// The number of processors that this process may use: its affinity mask, bounded by the smallest quota of its
  /// control group and the groups round it.
  public static var availableProcessorCount: Int {
    let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    let groups = try? String(contentsOfFile: "/proc/self/cgroup", encoding: .utf8)
    let quotas = controlGroupFolders(processGroups: groups).compactMap {
      processorQuota(controlGroupLimit: try? String(contentsOfFile: "\($0)/cpu.max", encoding: .utf8))
    }
    let allowed = allowedProcessors(processStatus: status) ?? ProcessInfo.processInfo.activeProcessorCount
    return max(1, min(allowed, quotas.min() ?? allowed))
  }

  /// The number of processors in the affinity mask of a Linux process.
  ///
  /// - Parameter processStatus: The content of `/proc/self/status`, with a line such as `Cpus_allowed_list: 0-3,8`.
  /// - Returns: The number, or `nil` where the line is missing or not understood.
  package static func allowedProcessors(processStatus: String?) -> Int? {
    let name = "Cpus_allowed_list:"
    guard let line = processStatus?.split(separator: "\n").first(where: { $0.hasPrefix(name) }) else { return nil }
    var count = 0
    for range in line.dropFirst(name.count).split(separator: ",") {
      let bounds = range.split(separator: "-").map { Int($0.trimmingCharacters(in: .whitespaces)) }
      guard let first = bounds.first ?? nil, let last = bounds.last ?? nil, first <= last else { return nil }
      count += last - first + 1
    }
    return count > 0 ? count : nil
  }

  /// The folders of the version 2 control groups that bound a Linux process, from its own up to the root.
  ///
  /// - Parameter processGroups: The content of `/proc/self/cgroup`, with a line such as `0::/user.slice/session`.
  /// - Returns: The folders; the root alone where the line is missing or leads outside.
  package static func controlGroupFolders(processGroups: String?) -> [String] {
    let root = "/sys/fs/cgroup"
    let line = processGroups?.split(separator: "\n").first { $0.hasPrefix("0::/") }
    let names = line?.dropFirst("0::/".count).split(separator: "/") ?? []
    guard !names.contains("..") else { return [root] }
    return (0...names.count).reversed().map { count in
      names.prefix(count).reduce(root) { "\($0)/\($1)" }
    }
  }

  /// The whole processors that the `cpu.max` line of a version 2 control group grants, rounded up.
  ///
  /// - Parameter controlGroupLimit: Quota and period in microseconds, `"150000 100000"`, or `"max 100000"`.
  /// - Returns: The number of processors, or `nil` where there is no limit.
  package static func processorQuota(controlGroupLimit: String?) -> Int? {
    let fields = controlGroupLimit?.split(whereSeparator: \.isWhitespace) ?? []
    guard fields.count == 2, let quota = Double(fields[0]), let period = Double(fields[1]), period > 0 else {
      return nil
    }
    return max(1, Int((quota / period).rounded(.up)))
  }
}
