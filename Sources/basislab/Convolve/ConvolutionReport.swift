import Parallel
import Spectral
import Tensors

/// What the command says of a convolution: how it was computed, and how long each part took.
struct ConvolutionReport: Encodable {
  struct Seconds: Encodable { let plan, prepare, median, minimum: Double }

  let method: String
  let precision: String
  let threads: Int
  let seconds: Seconds
  let shape: [Int]
  let explanation: Explanation?

  /// Sums up what was timed.
  ///
  /// - Parameters:
  ///   - method: How the convolution was computed.
  ///   - precision: NumPy's name of the precision.
  ///   - timing: The seconds that planning, preparing the kernel, and each run took.
  ///   - shape: The shape of the result.
  ///   - explanation: Why it was computed so, where that was asked for.
  init(
    _ method: ConvolutionMethod, _ precision: String, _ timing: Timing, shape: [Int], explanation: Explanation?
  ) {
    let sorted = timing.runs.sorted()
    let middle = sorted.count / 2
    let median = sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
    self.method = method.rawValue
    self.precision = precision
    threads = ThreadPool.shared.threadCount
    seconds = Seconds(plan: timing.plan, prepare: timing.prepare, median: median, minimum: sorted[0])
    self.shape = shape
    self.explanation = explanation
  }

  /// The seconds of each part.
  struct Timing {
    var plan = 0.0
    var prepare = 0.0
    var runs: [Double] = []

    /// Runs a part and adds its seconds to one of the numbers.
    static func measure<Value>(_ seconds: inout Double, _ body: () throws -> Value) rethrows -> Value {
      let clock = ContinuousClock()
      let start = clock.now
      defer { seconds += (clock.now - start) / .seconds(1) }
      return try body()
    }
  }

  /// One line for people.
  ///
  /// - Parameters:
  ///   - output: The file that was written.
  ///   - runs: How many times the convolution was computed.
  /// - Returns: The line.
  func line(output: String, runs: Int) -> String {
    let size = shape.map(String.init).joined(separator: "×")
    let times = runs == 1 ? "" : ", minimum \(Self.milliseconds(seconds.minimum)) of \(runs)"
    return "\(output): \(size) \(precision) by \(method) on \(threads) threads in "
      + "\(Self.milliseconds(seconds.median))\(times), planned in \(Self.milliseconds(seconds.plan)), kernel prepared in "
      + Self.milliseconds(seconds.prepare)
  }

  private static func milliseconds(_ seconds: Double) -> String { "\((seconds * 1e6).rounded() / 1e3) ms" }
}
