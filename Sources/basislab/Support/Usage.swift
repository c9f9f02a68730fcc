import ArgumentParser
import Tensors

/// Checks of what a user typed: an `InputError` becomes one of wrong usage, with exit code 2.
enum Usage {
  static func check<Value>(_ body: () throws -> Value) throws -> Value {
    do { return try body() } catch let error as InputError { throw ValidationError(error.description) }
  }
}
