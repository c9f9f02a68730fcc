import Tensors

/// What is added to half the mean deviance so that weights stay small, or few.
///
/// | kind | penalty(W) |
/// |---|---|
/// | ridge | (λ/2)·‖W‖²_F |
/// | lasso | λ·Σ\|wₖⱼ\| |
/// | elastic net | λ·(α·Σ\|wₖⱼ\| + (1 − α)/2·‖W‖²_F), as glmnet has it |
/// | group lasso | λ·Σ_g √\|g\|·‖W_g‖_F, W_g being the columns of group g of all classes together |
///
/// Intercepts are never penalised. In scikit-learn's words C = 1/(n·λ) for its classifiers; its `Lasso` and
/// `ElasticNet` have our λ as `alpha` and our α as `l1_ratio`, and its `Ridge` has `alpha` = n·λ. Sources: H. Zou, T.
/// Hastie, *Regularization and variable selection via the elastic net*, J. R. Stat. Soc. B 67 (2005); M. Yuan, Y. Lin,
/// *Model selection and estimation in regression with grouped variables*, J. R. Stat. Soc. B 68 (2006).
public struct Penalty: Sendable, Equatable, CustomStringConvertible {
  /// The form of the penalty.
  public enum Kind: Sendable, Equatable {
    /// (λ/2)·‖W‖².
    case ridge
    /// λ·Σ|w|.
    case lasso
    /// A mixture of both: α = 1 is the lasso, α = 0 ridge.
    case elasticNet(mixing: Double)
    /// The norms of groups of columns; each column lies in exactly one group.
    case groupLasso([[Int]])
  }

  /// The form of the penalty.
  public let kind: Kind
  /// λ.
  public let strength: Double

  /// Creates a penalty.
  ///
  /// - Parameters:
  ///   - kind: The form.
  ///   - strength: λ ≥ 0.
  public init(_ kind: Kind, strength: Double) {
    self.kind = kind
    self.strength = strength
  }

  /// No penalty.
  public static let none = Penalty(.ridge, strength: 0)

  /// (λ/2)·‖W‖².
  public static func ridge(_ strength: Double) -> Penalty { Penalty(.ridge, strength: strength) }

  /// λ·Σ|w|.
  public static func lasso(_ strength: Double) -> Penalty { Penalty(.lasso, strength: strength) }

  /// λ·(α·Σ|w| + (1 − α)/2·‖W‖²).
  public static func elasticNet(_ strength: Double, mixing: Double) -> Penalty {
    Penalty(.elasticNet(mixing: mixing), strength: strength)
  }

  /// λ·Σ_g √|g|·‖W_g‖.
  public static func groupLasso(_ strength: Double, groups: [[Int]]) -> Penalty {
    Penalty(.groupLasso(groups), strength: strength)
  }

  /// Whether the penalty is none at all.
  public var isNone: Bool { strength == 0 }

  /// The name and λ.
  public var description: String {
    switch kind {
    case _ where isNone: "none"
    case .ridge: "ridge \(strength)"
    case .lasso: "lasso \(strength)"
    case .elasticNet(let mixing): "elastic net \(strength), mixing \(mixing)"
    case .groupLasso(let groups): "group lasso \(strength), \(groups.count) groups"
    }
  }

  /// λ₂, the factor of ½‖W‖².
  var ridge: Double {
    switch kind {
    case .ridge: strength
    case .elasticNet(let mixing): strength * (1 - mixing)
    case .lasso, .groupLasso: 0
    }
  }

  /// λ₁, the factor of the terms that are not smooth.
  var sparsity: Double {
    switch kind {
    case .ridge: 0
    case .elasticNet(let mixing): strength * mixing
    case .lasso, .groupLasso: strength
    }
  }

  var isSmooth: Bool { sparsity == 0 }

  /// The groups of columns whose norms are penalised, each with its factor √|g|; single columns and class by class for
  /// the lasso and the elastic net.
  var groups: [[Int]]? {
    if case .groupLasso(let groups) = kind { return groups }
    return nil
  }

  /// Checks λ, α and the groups.
  func validate(columns: Int) throws {
    guard strength >= 0 && strength.isFinite else {
      throw InputError("penalty", "found λ = \(strength), expected a number of at least 0")
    }
    switch kind {
    case .elasticNet(let mixing) where !(0...1).contains(mixing):
      throw InputError("penalty", "found a mixing of \(mixing), expected 0 (ridge) to 1 (lasso)")
    case .groupLasso(let groups): try Self.validate(groups, columns: columns)
    default: break
    }
  }

  private static func validate(_ groups: [[Int]], columns: Int) throws {
    var owner = [Int?](repeating: nil, count: columns)
    for (index, group) in groups.enumerated() {
      guard !group.isEmpty else { throw InputError("penalty", "group \(index) has no columns") }
      for column in group {
        guard owner.indices.contains(column) else {
          throw InputError("penalty", "group \(index) has column \(column), expected 0 to \(columns - 1)")
        }
        if let other = owner[column] {
          throw InputError(
            "penalty", "column \(column) lies in groups \(other) and \(index)", remedy: "Put each column in one group.")
        }
        owner[column] = index
      }
    }
    if let column = owner.firstIndex(where: { $0 == nil }) {
      throw InputError(
        "penalty", "column \(column) lies in no group", remedy: "Put each column in one group; one of its own will do.")
    }
  }
}
