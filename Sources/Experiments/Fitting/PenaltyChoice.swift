import LinearModels
import Tensors

/// What holds the weights of a linear model back, but for its λ: `ridge`, `l1`, `elastic-net:0.3`, `group-l1`.
public struct PenaltyChoice: Sendable, Equatable {
  /// α of an elastic net that does not say it.
  public static let usualMixing = 0.5

  /// None.
  public static let none = PenaltyChoice(.none)
  /// (λ/2)·‖W‖².
  public static let ridge = PenaltyChoice(.ridge)
  /// λ·Σ|w|.
  public static let l1 = PenaltyChoice(.l1)
  /// λ·Σ_g √|g|·‖W_g‖ over the bands of a basis.
  public static let groupL1 = PenaltyChoice(.groupL1)

  /// What other libraries call the forms.
  private static let namesElsewhere: [String: PenaltyForm] = ["l2": .ridge, "lasso": .l1, "group-lasso": .groupL1]

  /// The form.
  public let form: PenaltyForm
  /// α of the elastic net, from 0 (ridge) to 1 (l1).
  public let mixing: Double

  /// Chooses a penalty.
  ///
  /// - Parameters:
  ///   - form: The form.
  ///   - mixing: α of the elastic net; other forms leave it alone.
  public init(_ form: PenaltyForm, mixing: Double = usualMixing) {
    self.form = form
    self.mixing = form == .elasticNet ? mixing : Self.usualMixing
  }

  /// Reads `FORM[:MIXING]`; an elastic net that is all ridge or all l1 is that.
  ///
  /// - Parameters:
  ///   - text: What was typed.
  ///   - links: Words that could stand in its place, for errors.
  /// - Throws: `InputError` for an unknown form, with the nearest one, or a mixing that is not one.
  init(parsing text: String, orOneOf links: [String]) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let forms = PenaltyForm.allCases.filter { $0 != .none }
    guard let form = forms.first(where: { $0.rawValue == parts[0] }) else {
      if let form = Self.namesElsewhere[parts[0]] {
        throw InputError("penalty '\(parts[0])'", "is called '\(form.rawValue)' here")
      }
      throw Suggestion.unknown(parts[0], kind: "penalty or link", accepted: forms.map(\.rawValue) + links)
    }
    guard parts.count == 2 else {
      self.init(form)
      return
    }
    guard form == .elasticNet else {
      throw InputError("penalty '\(text)'", "'\(parts[0])' takes no options")
    }
    guard let mixing = Double(parts[1]), (0...1).contains(mixing) else {
      throw InputError(
        "penalty '\(text)'", "expected a mixing from 0 (ridge) to 1 (l1), got '\(parts[1])'",
        remedy: "Write for instance 'elastic-net:0.3'.")
    }
    self.init(mixing == 0 ? .ridge : mixing == 1 ? .l1 : .elasticNet, mixing: mixing)
  }

  /// What ``init(parsing:orOneOf:)`` reads.
  var name: String {
    form == .elasticNet && mixing != Self.usualMixing ? "\(form.rawValue):\(mixing)" : form.rawValue
  }

  /// Whether it makes weights 0, and so selects among features.
  var isSparse: Bool { form != .none && form != .ridge }

  /// The same for columns that have no bands: groups become the single columns of `l1`.
  var ofSingleColumns: PenaltyChoice { form == .groupL1 ? .l1 : self }

  /// The penalty for the columns of a design matrix.
  ///
  /// - Parameter features: What the columns are, whose bands are groups.
  /// - Returns: The penalty without its λ.
  /// - Throws: `InputError` for groups of columns that have no bands.
  func kind(for features: ImageFeatures) throws -> Penalty.Kind {
    switch form {
    case .none, .ridge: return .ridge
    case .l1: return .lasso
    case .elasticNet: return .elasticNet(mixing: mixing)
    case .groupL1:
      guard let bands = features.bands else {
        throw InputError(
          "penalty 'group-l1'", "the features '\(features.name)' have no bands",
          remedy: "Take a basis with bands, such as haar or fourier, or the penalty l1.")
      }
      return .groupLasso(bands)
    }
  }
}
