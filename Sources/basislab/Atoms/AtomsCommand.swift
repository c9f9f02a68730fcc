import ArgumentParser
import Figures
import Formats
import Foundation
import Spectral
import Tensors

/// `basislab atoms`: the atoms of a basis, as a picture or as numbers.
struct Atoms: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a picture or an array of atoms of a basis, or of filters that a network has learned.",
    discussion: """
      Bases: \(BasisCatalog.names.joined(separator: ", ")). Atoms come in the order of the basis: by frequency (fourier, dct, \
      walsh), from coarse to fine (haar, db2, gabor), by degree (polynomial, zernike), by variance (pca).

      A .png or .svg shows each atom from blue over white (zero) to red on a scale of its own, with its name; a .npy holds \
      them exactly, [M,H,W] in float64. --select takes bands ('level 2 horizontal', or 'level 2' for all of that level), \
      names ('cos(1,2)') and numbers (7, 0-15), several after each other; --json lists the bands of the shown atoms. --weights FILE --layer KEY shows the filters of a \
      trained layer instead, channel by channel; of a dense layer what its units see, in a --size.
      """)

  @OptionGroup var source: AtomSource

  @OptionGroup var filterSource: FilterSource

  @Option(help: "How many atoms (default: 64, or all where there are fewer).")
  var count: Int?

  @Option(
    parsing: .upToNextOption,
    help: ArgumentHelp("Bands, names or numbers of atoms, instead of the first ones.", valueName: "band|atom|a-b"))
  var select: [String] = []

  @Flag(help: "Show beside each atom the modulus of its Fourier transform, zero frequency in the centre.")
  var spectrum = false

  @Option(help: "How many atoms stand in a row of the picture (default: chosen for its shape).")
  var columns: Int?

  @Flag(help: "The tiles alone, without words; needs no gnuplot, and writes .png only.")
  var plain = false

  @Option(help: ArgumentHelp("A .png, .svg or .npy (default: atoms.png, nothing with --json).", valueName: "file"))
  var output: String?

  @Flag(help: "List the atoms as one JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  /// The atoms that one picture may hold.
  private static let largestPicture = 1024

  func validate() throws {
    guard (source.basis == nil) != (filterSource.weights == nil) else {
      throw ValidationError("expected either --basis or --weights")
    }
    guard select.isEmpty || filterSource.weights == nil else {
      throw ValidationError("--select chooses atoms of a basis; filters are counted by --count")
    }
    if count != nil && !select.isEmpty {
      throw ValidationError("--count and --select: expected one of them, got both")
    }
    if let columns { try Usage.require(columns, in: 1...Self.largestPicture, "--columns", "atoms") }
    let ending = try Usage.check { try self.ending }
    if ending == .npy && (spectrum || plain || columns != nil) {
      throw ValidationError("--output: numbers have no --spectrum, --plain or --columns; expected a .png or .svg")
    }
    if plain && (spectrum || ending == .svg) {
      throw ValidationError("--plain: expected a .png without --spectrum")
    }
    if let basis = try Usage.check({ try source.fixedBasis() }) { try Usage.check { _ = try selection(of: basis) } }
  }

  func execute() throws {
    if let filters = try filterSource.load(size: source.parsedSize) { return try execute(filters) }
    let (basis, origin) = try source.load()
    let selection = try selection(of: basis)
    if json { try Console.resultJSON(AtomListing(basis, selection)) }
    guard let path = output ?? (json ? nil : "atoms.png") else { return }
    try write(basis, selection, origin, to: URL(fileURLWithPath: path))
    guard !common.quiet else { return }
    let names = basis.atomNames(count: selection.extent)
    let (first, last) = (names[selection.atoms[0]], names[selection.atoms[selection.atoms.count - 1]])
    Console.note("\(path): \(selection.atoms.count) of \(basis.atomCount) atoms, from \(first) to \(last)")
  }

  private func selection(of basis: any Basis) throws -> AtomSelection {
    let selection =
      select.isEmpty ? try AtomSelection(first: count, of: basis) : try AtomSelection(select, of: basis)
    if try ending != .npy && selection.atoms.count > Self.largestPicture {
      throw InputError(
        select.isEmpty ? "--count" : "--select",
        "\(selection.atoms.count) atoms are too many for a picture, expected at most \(Self.largestPicture)",
        remedy: "Write a .npy, or choose fewer.")
    }
    return selection
  }

  private func write(_ basis: any Basis, _ selection: AtomSelection, _ origin: String?, to url: URL) throws {
    if try ending == .npy {
      try NPY.write(NumPyArray(selection.tensor(of: basis)), to: url)
    } else if plain {
      try ImageGrid(selection.tensor(of: basis), shading: .signedPerTile, columns: columns).write(to: url)
    } else {
      let picture = AtomPicture(basis: basis, selection: selection, origin: origin, showsSpectra: spectrum)
      try picture.grid(columns: columns).write(to: url)
    }
  }

  var ending: Ending {
    get throws { try Ending(of: output ?? "atoms.png", among: [.png, .svg, .npy], for: "--output") }
  }
}
