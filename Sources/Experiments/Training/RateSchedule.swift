import NeuralNetworks
import Tensors

/// How the learning rate follows the epochs, in a user's words: `constant`, `step:EVERY,FACTOR`, `cosine:WARMUP` or
/// `plateau:PATIENCE,FACTOR`.
public struct RateSchedule: Codable, Equatable, Sendable, CustomStringConvertible {
  /// It stays as it is.
  public static let constant = RateSchedule(unchecked: "constant")

  /// The words.
  public let description: String

  private init(unchecked text: String) { description = text }

  /// Reads what a user typed; numbers may be left out.
  ///
  /// - Parameter text: What was typed.
  /// - Throws: `InputError` for another word, or other numbers.
  public init(parsing text: String) throws {
    let words = Words(text)
    guard let count = Words.accepted[words.name] else {
      throw Suggestion.unknown(words.name, kind: "schedule", accepted: Words.accepted.keys.sorted())
    }
    guard words.numbers.count <= count else {
      throw InputError("schedule '\(text)'", "expected at most \(count) numbers, got \(words.numbers.count)")
    }
    for (place, number) in words.numbers.enumerated() {
      let isFactor = place == 1
      guard let value = Double(number), isFactor ? value > 0 && value < 1 : (0...1e6).contains(value),
        isFactor || value == value.rounded() && (words.name != "step" || value >= 1)
      else {
        throw InputError(
          "schedule '\(text)'",
          "expected \(isFactor ? "a factor between 0 and 1" : "a number of epochs"), got '\(number)'")
      }
    }
    description = text
  }

  /// What the learning rate is multiplied by.
  ///
  /// - Parameters:
  ///   - epoch: The number of the epoch, from 0.
  ///   - epochs: The number of all epochs.
  ///   - losses: The validation losses of the epochs before.
  /// - Returns: The factor.
  func factor(epoch: Int, of epochs: Int, losses: [Double]) -> Double {
    var plateau = plateau
    for loss in losses { plateau?.observe(loss) }
    return schedule.factor(epoch: epoch, of: epochs) * (plateau?.scale ?? 1)
  }

  /// The rule that watches the validation loss; `nil` where there is none.
  var plateau: PlateauReduction? {
    let words = Words(description)
    guard words.name == "plateau" else { return nil }
    return PlateauReduction(factor: words.number(1, or: 0.1), patience: Int(words.number(0, or: 10)))
  }

  private var schedule: LearningRateSchedule {
    let words = Words(description)
    switch words.name {
    case "step": return .step(every: Int(words.number(0, or: 10)), factor: words.number(1, or: 0.1))
    case "cosine": return .cosine(warmUp: Int(words.number(0, or: 0)))
    default: return .constant
    }
  }

  /// A name and the numbers behind it.
  private struct Words {
    static let accepted = ["constant": 0, "step": 2, "cosine": 1, "plateau": 2]

    let name: String
    let numbers: [Substring]

    init(_ text: String) {
      let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
      name = String(parts[0])
      numbers = parts.count == 2 ? parts[1].split(separator: ",", omittingEmptySubsequences: false) : []
    }

    func number(_ place: Int, or standard: Double) -> Double {
      place < numbers.count ? Double(numbers[place]) ?? standard : standard
    }
  }
}
