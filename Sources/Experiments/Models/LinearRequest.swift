import LinearModels
import Spectral
import Tensors

/// What the name of a linear model says, `FEATURES[+PENALTY][+LINK]`: features as a ``FeatureRequest`` has them under a
/// generalized linear model with a penalty as a ``PenaltyChoice`` has it, ridge where none is named.
///
/// A basis without a number keeps its first 64 atoms. Under a penalty that makes weights 0 it keeps all, since the penalty
/// selects.
struct LinearRequest: Equatable, Sendable {
  /// The name as it was typed.
  let name: String
  /// The features as they are named.
  let features: FeatureRequest
  /// What holds weights back.
  let penalty: PenaltyChoice
  /// The link, where the name says one.
  let link: Link?

  /// Whether the name begins with the word of features.
  static func isName(_ name: String) -> Bool {
    FeatureRequest.names.contains(String(name.prefix { !":@+".contains($0) }))
  }

  /// Reads a name.
  ///
  /// - Parameter name: What was typed, `FEATURES[+PENALTY][+LINK]`.
  /// - Throws: `InputError` for unknown features, options, penalties or links, with the nearest one.
  init(parsing name: String) throws {
    let parts = name.split(separator: "+", omittingEmptySubsequences: false).map(String.init)
    let links = parts.dropFirst().compactMap(Link.init(rawValue:))
    let penalties = try parts.dropFirst().filter { Link(rawValue: $0) == nil }
      .map { try PenaltyChoice(parsing: $0, orOneOf: Link.allCases.map(\.rawValue)) }
    for (kind, count) in [("penalty", penalties.count), ("link", links.count)] where count > 1 {
      throw InputError(
        "model '\(name)'", "a model has one \(kind), found \(count)", remedy: "Write for instance '\(parts[0])+l1'.")
    }
    self.name = name
    features = try FeatureRequest(parsing: Self.withCount(parts[0]))
    penalty = penalties.first ?? .ridge
    link = links.first
  }

  /// The name that says all, the same for equal models.
  var fullName: String {
    let count = hasFreeAtoms && !penalty.isSparse ? ":\(ContenderCatalog.defaultAtomCount)" : ""
    return features.name + count + suffix(penalty)
  }

  /// Whether it is a basis whose number of atoms the name leaves open.
  var hasFreeAtoms: Bool { isBasis && features.selection == nil && !["pixels", "zca"].contains(features.map) }

  /// Whether it selects features of which the name leaves the number open.
  var hasFreeSelection: Bool { features.selection != nil && Self.withCount(head) != head }

  /// The same features, but so many of them.
  func keeping(_ count: Int) throws -> LinearRequest {
    try LinearRequest(parsing: "\(head):\(count)\(name.dropFirst(head.count))")
  }

  /// The features with their number, for images of a size.
  func countedFeatures(height: Int, width: Int) throws -> FeatureRequest {
    penalty.isSparse
      ? features : try features.limitingAtoms(to: ContenderCatalog.defaultAtomCount, height: height, width: width)
  }

  /// The control of its basis: as many random orthonormal atoms under the same penalty and link, class by class where it has
  /// groups, which random atoms do not have.
  ///
  /// - Parameter most: The number of pixels, and so of such atoms.
  /// - Returns: The name; `nil` where the features are no coefficients, or their ridge model is that of the pixels.
  func randomControl(upTo most: Int) -> String? {
    let suffix = suffix(penalty.ofSingleColumns)
    if let selection = features.selection { return "random:\(min(selection.count, most))\(suffix)" }
    if hasFreeAtoms || penalty.isSparse && isBasis { return "random\(suffix)" }
    let parts = features.map.split(separator: ":")
    guard parts.count == 2, BasisCatalog.names.contains(String(parts[0])), let count = Int(parts[1]) else { return nil }
    return "random:\(min(count, most))\(suffix)"
  }

  /// What follows the features in a full name.
  private func suffix(_ penalty: PenaltyChoice) -> String {
    (penalty.form == .ridge ? "" : "+\(penalty.name)") + (link.map { "+\($0.rawValue)" } ?? "")
  }

  /// Whether the map is a basis without options.
  private var isBasis: Bool { BasisCatalog.names.contains(features.map) }

  /// The name before the penalty and the link.
  private var head: String { String(name.prefix { $0 != "+" }) }

  /// A selection without a number keeps as many features as a basis has atoms.
  private static func withCount(_ name: String) -> String {
    guard let selection = name.split(separator: "@", maxSplits: 1, omittingEmptySubsequences: false).dropFirst().first,
      !selection.contains(":")
    else { return name }
    return "\(name):\(ContenderCatalog.defaultAtomCount)"
  }
}
