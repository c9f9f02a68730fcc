import Tensors

/// How much each class counts in a loss, in a user's words: `balanced`, or a number per class such as `1,2,0.5`.
public enum ClassWeighting: Codable, Equatable, Sendable {
  /// The weight of a class is N/(K·n), with n of the N training images in it: every class counts the same, as
  /// scikit-learn's `class_weight="balanced"`.
  case balanced
  /// A weight per class.
  case values([Double])

  /// Reads what a user typed.
  ///
  /// - Parameter text: What was typed.
  /// - Throws: `InputError` where it is neither the word nor numbers.
  public init(parsing text: String) throws {
    if text == "balanced" {
      self = .balanced
      return
    }
    let words = text.split(separator: ",", omittingEmptySubsequences: false)
    let values = words.compactMap { Double($0) }
    guard values.count == words.count, values.allSatisfy({ $0 >= 0 && $0.isFinite }), values.contains(where: { $0 > 0 })
    else {
      throw InputError("--class-weights", "expected 'balanced' or a number per class such as 1,2,0.5, got '\(text)'")
    }
    self = .values(values)
  }

  /// A weight per class.
  ///
  /// - Parameters:
  ///   - labels: The classes of the training images.
  ///   - classCount: K.
  /// - Returns: K weights.
  /// - Throws: `InputError` where there are weights for another number of classes, or a class to balance has no images.
  func weights(labels: [Int], classCount: Int) throws -> [Double] {
    switch self {
    case .balanced:
      var counts = [Int](repeating: 0, count: classCount)
      for label in labels { counts[label] += 1 }
      if let missing = counts.firstIndex(of: 0) {
        throw InputError("--class-weights", "class \(missing) has no training images to balance")
      }
      return counts.map { Double(labels.count) / Double(classCount * $0) }
    case .values(let values):
      guard values.count == classCount else {
        throw InputError("--class-weights", "expected \(classCount) numbers, one per class, got \(values.count)")
      }
      return values
    }
  }
}
