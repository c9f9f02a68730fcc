/// A named group of atoms that belong together: one scale and orientation, one degree, one ring of frequencies.
public struct AtomBand: Equatable, Sendable {
  /// What the atoms have in common, such as `level 2 horizontal`.
  public let name: String
  /// The places of the atoms in the order of the basis, ascending.
  public let atoms: [Int]

  /// Names a group.
  public init(name: String, atoms: [Int]) {
    self.name = name
    self.atoms = atoms
  }

  /// Groups atoms by the names of their bands; the bands are ordered by their first atoms.
  ///
  /// - Parameter names: The name of the band of each atom.
  /// - Returns: The bands.
  static func grouping(_ names: some Sequence<String>) -> [AtomBand] {
    var places: [String: Int] = [:]
    var groups: [(name: String, atoms: [Int])] = []
    for (atom, name) in names.enumerated() {
      if let place = places[name] {
        groups[place].atoms.append(atom)
      } else {
        places[name] = groups.count
        groups.append((name, [atom]))
      }
    }
    return groups.map { AtomBand(name: $0.name, atoms: $0.atoms) }
  }
}
