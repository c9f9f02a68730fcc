/// Something from outside that cannot be used: a file, a configuration, a size that a user typed.
///
/// One or two lines say what was found, where, what was expected, and what to do.
public struct InputError: Error, Equatable, Sendable, CustomStringConvertible {
  /// The sentence that the user reads.
  public let description: String

  /// Creates an error from its parts.
  ///
  /// - Parameters:
  ///   - place: Where it is: a file, with byte or row; an option; a layer.
  ///   - problem: What was found and what was expected.
  ///   - remedy: What the user can do, as a sentence.
  public init(_ place: String? = nil, _ problem: String, remedy: String? = nil) {
    description = (place.map { "\($0): " } ?? "") + problem + (remedy.map { "\n\($0)" } ?? "")
  }
}
