internal import Numerics
internal import Tensors

/// log(ε + v) in place of values v ≥ 0, where an ε is given.
struct LogOffset: Sendable {
  /// ε.
  let value: Double?

  init(_ value: Double?, of name: String) throws(InputError) {
    guard value.map({ $0 > 0 && $0.isFinite }) ?? true else {
      throw InputError(
        name, "found log=\(value!), expected the positive number that is added before the logarithm",
        remedy: "It decides what an empty image becomes, log of this number; write for instance log=1e-6.")
    }
    self.value = value
  }

  /// The option as a part of a map's name.
  var suffix: String { value.map { ":log=\($0)" } ?? "" }

  /// The prefix of names of features.
  var prefix: String { value == nil ? "" : "log " }

  /// Replaces values; rounding below 0 counts as 0.
  func apply(_ values: UnsafeMutablePointer<Double>, count: Int) {
    guard let value else { return }
    for index in 0..<count { values[index] = .log(value + max(0, values[index])) }
  }
}
