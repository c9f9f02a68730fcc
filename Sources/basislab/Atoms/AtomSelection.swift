import Spectral
import Tensors

/// Which atoms of a basis are meant, in groups that belong together.
struct AtomSelection {
  struct Group {
    /// The band; empty where atoms were counted or named.
    let heading: String
    let atoms: [Int]
  }

  let groups: [Group]

  /// All atoms, group by group.
  var atoms: [Int] { groups.flatMap(\.atoms) }

  /// How many atoms of the basis have to be made.
  var extent: Int { 1 + (atoms.max() ?? 0) }

  /// The bytes that atoms may take.
  private static let largestByteCount = 1 << 30

  /// The first atoms; 64, or as many as there are, when left out.
  init(first count: Int?, of basis: any Basis) throws {
    try basis.validate(count: count ?? 1)
    groups = [Group(heading: "", atoms: Array(0..<(count ?? min(64, basis.atomCount))))]
    try checkSize(basis, "--count")
  }

  /// Bands, names and numbers as a user typed them.
  init(_ words: [String], of basis: any Basis) throws {
    let lookup = AtomLookup(basis)
    groups = try words.reduce(into: []) { groups, word in
      let found = try lookup.groups(word)
      // Names and numbers that follow each other stand together.
      if let last = groups.last, last.heading.isEmpty, found.count == 1, found[0].heading.isEmpty {
        groups[groups.count - 1] = Group(heading: "", atoms: last.atoms + found[0].atoms)
      } else {
        groups += found
      }
    }
    try checkSize(basis, "--select")
  }

  /// The atoms, group by group, `[M, H, W]`.
  func tensor(of basis: any Basis) -> Tensor<Double> { basis.atoms(count: extent).gatheringRows(atoms) }

  /// The condition number of the atoms up to the last one; `nil` where they are too large to find it out for a picture.
  func conditionNumber(of basis: any Basis) -> Double? {
    extent * basis.pixelCount <= 1 << 24 ? basis.conditionNumber(count: extent) : nil
  }

  private func checkSize(_ basis: any Basis, _ option: String) throws {
    let bytes = 8 * extent * basis.pixelCount
    guard bytes <= Self.largestByteCount else {
      throw InputError(option, "these atoms would take \(bytes >> 30) GB, expected at most 1")
    }
  }
}

/// Finds atoms by what a user calls them.
private struct AtomLookup {
  let count: Int
  let bands: [AtomBand]
  let names: [String: Int]

  init(_ basis: any Basis) {
    count = basis.atomCount
    bands = basis.bands
    names = Dictionary(uniqueKeysWithValues: basis.atomNames(count: basis.atomCount).enumerated().map { ($1, $0) })
  }

  func groups(_ word: String) throws -> [AtomSelection.Group] {
    if let atom = names[word] { return [AtomSelection.Group(heading: "", atoms: [atom])] }
    if let range = try range(word) { return [AtomSelection.Group(heading: "", atoms: Array(range))] }
    let found = bands.filter { $0.name == word || $0.name.hasPrefix(word + " ") }
    guard !found.isEmpty else { throw unknown(word) }
    return found.map { AtomSelection.Group(heading: $0.name, atoms: $0.atoms) }
  }

  /// `7` or `0-15`; `nil` for a word that is neither.
  private func range(_ word: String) throws -> ClosedRange<Int>? {
    let ends = word.split(separator: "-", omittingEmptySubsequences: false).map { Int($0) }
    guard (1...2).contains(ends.count), let first = ends[0], let last = ends[ends.count - 1] else { return nil }
    guard 0 <= first && first <= last && last < count else {
      throw InputError("--select", "found '\(word)', expected numbers from 0 to \(count - 1), the smaller first")
    }
    return first...last
  }

  private func unknown(_ word: String) -> InputError {
    let shown = bands.prefix(12).map { "'\($0.name)'" }.joined(separator: ", ") + (bands.count > 12 ? ", …" : "")
    let near = Suggestion.closest(to: word, among: bands.map(\.name) + names.keys.sorted())
    return InputError(
      "--select", "there is no band or atom '\(word)'" + (near.map { "; did you mean '\($0)'?" } ?? ""),
      remedy: "Bands: \(shown). Names are those that --json lists.")
  }
}
