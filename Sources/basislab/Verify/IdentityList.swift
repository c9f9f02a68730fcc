import Spectral

/// What the identities state, family by family.
struct IdentityList: Encodable {
  struct Entry: Encodable {
    let family: String
    let identity: String
    let formula: String
    let statement: String
  }

  let identities: [Entry]

  /// Lists some identities.
  init(_ chosen: [Identity]) {
    let names = Set(chosen.map(\.name))
    identities = IdentityFamily.all.flatMap { family in
      family.identities.filter { names.contains($0.name) }.map {
        Entry(family: family.title, identity: $0.name, formula: $0.formula, statement: $0.statement)
      }
    }
  }

  /// The list for people.
  var lines: [String] {
    let width = identities.map(\.identity.count).max() ?? 0
    return identities.indices.flatMap { index in
      let entry = identities[index]
      let isFirst = index == 0 || identities[index - 1].family != entry.family
      let space = String(repeating: " ", count: width - entry.identity.count)
      return (isFirst ? (index == 0 ? [] : [""]) + [entry.family] : []) + [
        "  \(entry.identity)\(space)  \(entry.formula)",
        "  \(String(repeating: " ", count: width))  \(entry.statement)",
      ]
    }
  }
}
