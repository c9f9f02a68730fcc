import Spectral

/// The atoms that were chosen, as one JSON document.
struct AtomListing: Encodable {
  struct Band: Encodable {
    let name: String
    /// The places in ``AtomListing/atoms``.
    let atoms: [Int]
  }

  let basis: String
  let kind: String
  let height: Int
  let width: Int
  let atomCount: Int
  /// Of the atoms up to the last one that is listed, unless they are large.
  let conditionNumber: Double?
  /// Names.
  let atoms: [String]
  /// The places in the order of the basis.
  let indices: [Int]
  let bands: [Band]

  init(_ basis: any Basis, _ selection: AtomSelection) {
    self.basis = basis.name
    kind = basis.kind.rawValue
    height = basis.height
    width = basis.width
    atomCount = basis.atomCount
    conditionNumber = selection.conditionNumber(of: basis)
    indices = selection.atoms
    let names = basis.atomNames(count: selection.extent)
    atoms = indices.map { names[$0] }
    let chosen = indices
    bands = basis.bands.compactMap { band in
      let members = Set(band.atoms)
      let places = chosen.indices.filter { members.contains(chosen[$0]) }
      return places.isEmpty ? nil : Band(name: band.name, atoms: places)
    }
  }
}
