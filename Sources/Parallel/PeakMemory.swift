import Foundation

/// The most memory that this process has had at any time.
public enum PeakMemory {
  /// The largest resident size so far, in bytes; `nil` where the system does not say.
  public static var byteCount: Int? {
    byteCount(processStatus: try? String(contentsOfFile: "/proc/self/status", encoding: .utf8))
  }

  /// The largest resident size of a Linux process.
  ///
  /// - Parameter processStatus: The content of `/proc/self/status`, with a line such as `VmHWM: 1024 kB`.
  /// - Returns: The bytes, or `nil` where the line is missing or not understood.
  package static func byteCount(processStatus: String?) -> Int? {
    let line = processStatus?.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    let words = line?.split(whereSeparator: \.isWhitespace) ?? []
    return words.count == 3 && words[2] == "kB" ? Int(words[1]).map { $0 << 10 } : nil
  }
}
