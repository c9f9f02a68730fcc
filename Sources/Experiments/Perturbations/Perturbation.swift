import Foundation
import Tensors

/// A disturbance of test images, of a kind and a strength, that no model was told of.
///
/// `shift:2` is the name of one; `shift:1,2` and `shift`, which means the usual strengths, stand for several.
public struct Perturbation: Sendable, Equatable {
  /// What is done to an image.
  public enum Kind: String, Sendable, CaseIterable {
    /// Moved by whole pixels left, right, up or down; the border is repeated.
    case shift
    /// Turned about its centre by so many degrees to one side, interpolated linearly; the border is repeated.
    case rotation
    /// Convolved with a Gaussian of a standard deviation in pixels; the border is repeated.
    case blur
    /// Independent normal noise is added, in standard deviations of all pixels of the data set.
    case noise
    /// Counted anew: Poisson counts with the given mean where the image is as bright as the data set gets.
    case dose
    /// The distances of pixels from the mean of the image are multiplied.
    case contrast

    /// The strengths that are meant where none is named, from weak to strong.
    var usualStrengths: [Double] {
      switch self {
      case .shift: [1, 2, 3, 4]
      case .rotation: [5, 10, 20, 40]
      case .blur: [0.5, 1, 1.5, 2]
      case .noise: [0.25, 0.5, 1, 2]
      case .dose: [100, 30, 10, 3]
      case .contrast: [0.75, 0.5, 0.25, 0.1]
      }
    }

    /// The strength that changes nothing, where there is one.
    var identity: Double? {
      switch self {
      case .shift, .rotation, .blur, .noise: 0
      case .contrast: 1
      case .dose: nil
      }
    }

    /// The strength in words, for the axis of a chart.
    var axis: String {
      switch self {
      case .shift: "shift, pixels"
      case .rotation: "rotation, degrees"
      case .blur: "blur, standard deviation in pixels"
      case .noise: "noise, standard deviations of the pixels"
      case .dose: "dose, counts where the image is brightest"
      case .contrast: "contrast, factor"
      }
    }

    fileprivate func allows(_ strength: Double) -> Bool {
      switch self {
      case .shift: (0...1000).contains(strength) && strength == strength.rounded()
      case .rotation: (0...180).contains(strength)
      case .blur, .noise: (0...1000).contains(strength)
      case .dose: strength > 0 && strength <= 1e9
      case .contrast: (0...1000).contains(strength)
      }
    }

    fileprivate var range: String {
      switch self {
      case .shift: "whole pixels from 0 to 1000"
      case .rotation: "degrees from 0 to 180"
      case .blur, .noise, .contrast: "numbers from 0 to 1000"
      case .dose: "counts above 0"
      }
    }
  }

  /// What is done.
  public let kind: Kind
  /// How strongly, in the unit of the kind.
  public let strength: Double

  /// `shift:2`.
  public var name: String { "\(kind.rawValue):\(Self.text(strength))" }

  /// The number without a decimal point where it has none.
  static func text(_ strength: Double) -> String { String(format: "%.6g", strength) }

  /// Reads what a user typed.
  ///
  /// - Parameter text: The name of a kind, of which strengths may follow: `shift`, `noise:0.1,0.5`.
  /// - Returns: One perturbation for each strength.
  /// - Throws: `InputError` for an unknown kind, or a strength that it does not have.
  public static func parse(_ text: String) throws -> [Perturbation] {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    guard let kind = Kind(rawValue: parts[0]) else {
      throw Suggestion.unknown(parts[0], kind: "perturbation", accepted: Kind.allCases.map(\.rawValue))
    }
    guard parts.count == 2 else { return kind.usualStrengths.map { Perturbation(kind: kind, strength: $0) } }
    return try parts[1].split(separator: ",", omittingEmptySubsequences: false).map { word in
      guard let strength = Double(word), strength.isFinite, kind.allows(strength) else {
        throw InputError(
          "perturbation '\(text)'", "expected \(kind.range), found '\(word)'",
          remedy: "Write for instance '\(kind.rawValue):\(kind.usualStrengths.map(Self.text).joined(separator: ","))'.")
      }
      return Perturbation(kind: kind, strength: strength)
    }
  }
}
