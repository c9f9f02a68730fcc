import Tensors

/// The distribution of the response given the features: a member of the exponential family.
public enum Family: String, Sendable, CaseIterable {
  /// Real numbers with one variance: V(μ) = σ².
  case gaussian
  /// 0 or 1, or fractions between them: V(μ) = μ(1 − μ).
  case binomial
  /// One of K classes, with one vector of weights per class.
  case multinomial
  /// Counts, or other numbers of at least 0: V(μ) = μ.
  case poisson

  /// The link that makes the score the natural parameter of the family.
  public var canonicalLink: Link {
    switch self {
    case .gaussian: .identity
    case .binomial, .multinomial: .logit
    case .poisson: .log
    }
  }

  /// The links with which the family can be fitted, the canonical one first.
  public var links: [Link] {
    switch self {
    case .gaussian: [.identity, .log]
    case .binomial: [.logit, .probit, .cloglog, .log]
    case .multinomial: [.logit]
    case .poisson: [.log, .identity]
    }
  }

  /// Finds a family by its name, such as `poisson`.
  ///
  /// - Parameter name: One of the names of all cases.
  /// - Throws: `InputError` that lists the names.
  public init(named name: String) throws {
    guard let family = Family(rawValue: name) else {
      throw InputError("family", "expected \(Self.allCases.map(\.rawValue).listed), got '\(name)'")
    }
    self = family
  }

  /// Checks that the family can be fitted with a link.
  func check(_ link: Link) throws {
    guard links.contains(link) else {
      throw InputError(
        "link", "the \(rawValue) family takes \(links.map(\.rawValue).listed), got '\(link.rawValue)'",
        remedy: "Its canonical link is \(canonicalLink.rawValue).")
    }
  }
}

extension [String] {
  /// The words as a phrase: `a, b or c`.
  var listed: String {
    count < 2 ? joined() : dropLast().joined(separator: ", ") + " or " + self[count - 1]
  }
}
