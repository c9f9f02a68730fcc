import Figures
import Foundation
import Spectral
import Tensors

/// A picture of atoms with their names.
struct AtomPicture {
  let basis: any Basis
  let selection: AtomSelection
  /// What the basis was fitted to.
  let origin: String?
  let showsSpectra: Bool

  func grid(columns: Int?) -> LabelledGrid {
    let atoms = basis.atoms(count: selection.extent)
    let names = basis.atomNames(count: selection.extent).map(caption)
    let groups = selection.groups.map { group in
      let tiles = atoms.gatheringRows(group.atoms)
      return LabelledGrid.Group(
        heading: group.heading, tiles: tiles, captions: group.atoms.map { names[$0] },
        companions: showsSpectra ? AtomSpectra.moduli(of: tiles) : nil)
    }
    return LabelledGrid(
      title: BasisCatalog.title(of: basis.name), remark: remark, scaleName: "each atom on its own scale",
      companionName: "modulus of the spectrum", groups: groups, columns: columns)
  }

  /// The name without that of the basis, which is the title.
  private func caption(_ name: String) -> String {
    name.hasPrefix(basis.name + " ") ? String(name.dropFirst(basis.name.count + 1)) : name
  }

  private var remark: String {
    let count = selection.atoms.count
    let shown = count == basis.atomCount ? "all \(count) atoms" : "\(count) of \(basis.atomCount) atoms"
    return ["\(basis.height)×\(basis.width) pixels", shown, kind, origin].compactMap { $0 }.joined(separator: ", ")
  }

  private var kind: String {
    guard basis.kind != .orthonormal else { return "orthonormal" }
    let name = basis.kind == .basis ? "not orthogonal" : "frame"
    guard let condition = selection.conditionNumber(of: basis) else { return name }
    let number = condition.isFinite ? String(format: "%.3g", condition) : "infinite"
    let atoms = selection.extent == basis.atomCount ? "" : " (first \(selection.extent) atoms)"
    return "\(name), condition number \(number)\(atoms)"
  }
}
