import ArgumentParser

/// A word of an option that takes several values, so that `100,300,0.5` means the same as `100 300 0.5`.
///
/// An option is declared as `[CommaList<Value>]` with `parsing: .upToNextOption`, and read by ``Swift/Array/values()``.
struct CommaList<Value: ExpressibleByArgument & Sendable>: ExpressibleByArgument, Sendable {
  let values: [Value]

  init(_ values: [Value]) { self.values = values }

  /// Fails where there is no value between the commas, or one that is not understood.
  init?(argument: String) {
    let words = argument.split(separator: ",")
    values = words.compactMap { Value(argument: String($0)) }
    guard !values.isEmpty && values.count == words.count else { return nil }
  }

  var defaultValueDescription: String { values.map(\.defaultValueDescription).joined(separator: " ") }
}

extension Array {
  /// All values of the words, in order.
  func values<Value>() -> [Value] where Element == CommaList<Value> { flatMap(\.values) }
}
