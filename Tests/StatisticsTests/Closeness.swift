import Testing

/// Expects a number of a fixture to ten digits.
func expectClose(_ actual: Double, _ expected: Double, _ what: String) {
  #expect(abs(actual - expected) <= 1e-10 * max(abs(expected), 1e-300), "\(what): \(actual), expected \(expected)")
}
