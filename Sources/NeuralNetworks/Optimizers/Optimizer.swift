/// How parameters follow their gradient.
///
/// An optimizer is a value that holds its settings; the two moments that it may keep of each parameter belong to the
/// ``Trainer``.
public protocol Optimizer: Sendable {
  /// The step size.
  var learningRate: Double { get set }

  /// Changes some of the parameters by one step; parameters are independent of each other.
  ///
  /// - Parameters:
  ///   - parameters: The parameters.
  ///   - gradient: The gradient of the loss, one number per parameter.
  ///   - first: A number kept for each parameter between steps, 0 before the first.
  ///   - second: Another.
  ///   - step: The number of this step, from 1.
  func update<S: NetworkScalar>(
    _ parameters: inout MutableSpan<S>, gradient: Span<S>, first: inout MutableSpan<S>, second: inout MutableSpan<S>,
    step: Int)
}

/// Traps when the arrays of an optimizer differ in length.
func checkCounts(_ expected: Int, _ counts: [Int]) {
  precondition(counts.allSatisfy { $0 == expected }, "expected \(expected) numbers per parameter array, got \(counts)")
}
