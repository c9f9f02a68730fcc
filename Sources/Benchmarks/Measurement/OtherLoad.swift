import Foundation

/// Watches how much of the machine other programs take, so that a measurement that they disturbed is known.
///
/// Source: `/proc/stat` (all processes, and time stolen by neighbours of a virtual machine) less our own time and the
/// peer's. Where there is no `/proc` the share is 0.
struct OtherLoad {
  /// The share above which a measurement counts as disturbed.
  private static let tolerated = 0.1

  private let peer: Int32
  private let busyAtStart: Double
  private let start = ContinuousClock.now

  init(besides peer: Int32) {
    self.peer = peer
    busyAtStart = Self.othersBusySeconds(besides: peer)
  }

  /// The share of all processors that others have had since the start, 0…1.
  var share: Double {
    let elapsed = (ContinuousClock.now - start) / .seconds(1)
    let processors = Double(ProcessInfo.processInfo.processorCount)
    return max(0, Self.othersBusySeconds(besides: peer) - busyAtStart) / (elapsed * processors)
  }

  /// Whether a measurement with this share of others counts as undisturbed.
  static func isTolerable(_ share: Double) -> Bool { share <= tolerated }

  /// Waits until other programs take little, or a moment has come.
  static func waitForQuiet(besides peer: Int32, until deadline: ContinuousClock.Instant) {
    while ContinuousClock.now < deadline {
      let load = OtherLoad(besides: peer)
      Thread.sleep(forTimeInterval: 0.1)
      if isTolerable(load.share) { return }
    }
  }

  private static let ticksPerSecond = Double(sysconf(Int32(_SC_CLK_TCK)))

  private static func othersBusySeconds(besides peer: Int32) -> Double {
    let idleFields = 3...4
    let all = numbers(in: "/proc/stat", after: "cpu ").prefix(8).enumerated()
      .reduce(0) { $0 + (idleFields.contains($1.offset) ? 0 : $1.element) }
    return (all - processTicks("self") - processTicks(String(peer))) / ticksPerSecond
  }

  /// User and system time of a process.
  private static func processTicks(_ process: String) -> Double {
    let fields = numbers(in: "/proc/\(process)/stat", after: ") ")
    return fields.count > 12 ? fields[11] + fields[12] : 0
  }

  private static func numbers(in file: String, after mark: String) -> [Double] {
    guard let text = try? String(contentsOfFile: file, encoding: .utf8), let place = text.range(of: mark) else {
      return []
    }
    let line = text[place.upperBound...].prefix { $0 != "\n" }
    return line.split(separator: " ").map { Double($0) ?? 0 }
  }
}
