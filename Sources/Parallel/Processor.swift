import Foundation

/// The processor that this program runs on.
public enum Processor {
  /// The model, as the system names it; `unknown processor` where it does not.
  public static var name: String {
    name(inProcessorList: try? String(contentsOfFile: "/proc/cpuinfo", encoding: .utf8)) ?? "unknown processor"
  }

  /// The model that a list of processors names first.
  ///
  /// - Parameter list: The content of `/proc/cpuinfo`, with a line such as `model name : X`.
  /// - Returns: The model, or `nil` where the line is missing.
  package static func name(inProcessorList list: String?) -> String? {
    let line = list?.split(separator: "\n").first { $0.hasPrefix("model name") }
    let parts = line?.split(separator: ":", maxSplits: 1) ?? []
    return parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : nil
  }
}
