import Spectral

extension ImageFeatures {
  /// The groups of features that belong to one band of the basis, in one channel: a partition of them; `nil` where they are
  /// no coefficients on a basis, or all its atoms are one band.
  package var bands: [[Int]]? {
    guard let basis = (map as? CoefficientFeatures)?.basis, basis.bands.count > 1 else { return nil }
    var bandOfAtom = [Int](repeating: 0, count: basis.atomCount)
    for (index, band) in basis.bands.enumerated() { for atom in band.atoms { bandOfAtom[atom] = index } }
    let places = columns ?? Array(0..<dimension)
    let groups = Dictionary(grouping: places.indices) { column in
      places[column] / map.dimension * basis.bands.count + bandOfAtom[places[column] % map.dimension]
    }
    return groups.sorted { $0.key < $1.key }.map(\.value)
  }
}
