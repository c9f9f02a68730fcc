import ArgumentParser
import Tensors

/// Checks of what a user typed: an `InputError` becomes one of wrong usage, with exit code 2.
enum Usage {
  static func check<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as InputError { throw ValidationError(error.description) }
  }

  /// Fails unless the number of an option lies in a range.
  ///
  /// - Parameters:
  ///   - value: The number that was typed.
  ///   - range: The numbers that are possible.
  ///   - option: The option, with its hyphens.
  ///   - unit: What is counted.
  /// - Throws: An error of wrong usage that names them all.
  static func require(_ value: Int, in range: ClosedRange<Int>, _ option: String, _ unit: String) throws {
    guard range.contains(value) else {
      throw ValidationError(
        "\(option): expected \(range.lowerBound)…\(range.upperBound) \(unit), got \(value)")
    }
  }
}
