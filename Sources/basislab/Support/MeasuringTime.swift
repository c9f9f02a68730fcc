import ArgumentParser

/// The seconds that a measurement of each method may take.
enum MeasuringTime {
  private static let accepted = 1e-5...60.0

  /// Checks what was typed for `--budget`.
  static func check(_ seconds: Double) throws {
    guard accepted.contains(seconds) else {
      throw ValidationError("--budget: expected from 0.00001 to 60 seconds, got \(seconds)")
    }
  }
}
