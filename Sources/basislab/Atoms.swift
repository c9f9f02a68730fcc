import ArgumentParser
import Figures
import Formats
import Foundation
import Spectral
import Tensors

/// `basislab atoms`: the atoms of a basis, as a picture or as numbers.
struct Atoms: Subcommand {
  static let configuration = CommandConfiguration(
    abstract: "Make a picture or an array of the first atoms of a basis.",
    discussion: """
      Bases: \(BasisCatalog.names.joined(separator: ", ")). Atoms come in the order of the basis: by frequency (fourier), from
      coarse to fine (haar), by total degree (polynomial). A .png shows each atom from blue over white (zero) to red on a scale
      of its own; a .npy holds them exactly, [M,H,W] in float64.
      """)

  @Option(help: "The name of the basis.")
  var basis: String

  @Option(help: ArgumentHelp("The size of the atoms: 16, or 12x20 for 12 rows of 20 columns.", valueName: "size"))
  var size = "16"

  @Option(help: "How many atoms (default: 64, or all where there are fewer).")
  var count: Int?

  @Option(help: ArgumentHelp("A .png or .npy (default: atoms.png, nothing with --json).", valueName: "file"))
  var output: String?

  @Option(help: "What decides the atoms of the basis 'random'.")
  var seed: UInt64 = 1

  @Flag(help: "List the atoms as one JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func validate() throws {
    _ = try Usage.check { try makeBasis() }
    if let output { _ = try Usage.check { try Self.ending(of: output) } }
  }

  func execute() throws {
    let basis = try makeBasis()
    let count = count ?? min(64, basis.atomCount)
    if json { try Console.resultJSON(Listing(basis, count: count)) }
    guard let path = output ?? (json ? nil : "atoms.png") else { return }
    try write(basis.atoms(count: count), to: path)
    guard !common.quiet else { return }
    let names = basis.atomNames(count: count)
    Console.note("\(path): \(count) of \(basis.atomCount) atoms, from \(names[0]) to \(names[count - 1])")
  }

  private func makeBasis() throws -> any Basis {
    let size = try ImageSize(parsing: Int(size) == nil ? size : "\(size)x\(size)")
    guard max(size.height, size.width) <= 1024 else {
      throw InputError("--size", "expected sides of 1 to 1024, got \(size)")
    }
    let made = try BasisCatalog.basis(
      named: basis, height: size.height, width: size.width, random: RandomStream(seed: seed))
    try made.validate(count: count ?? 1)
    let bytes = 8 * (count ?? min(64, made.atomCount)) * made.pixelCount
    guard bytes <= 1 << 30 else {
      throw InputError("--count", "these atoms would take \(bytes >> 30) GB, expected at most 1")
    }
    return made
  }

  private func write(_ atoms: Tensor<Double>, to path: String) throws {
    let url = URL(fileURLWithPath: path)
    if try Self.ending(of: path) == .npy {
      try NPY.write(NumPyArray(atoms), to: url)
    } else {
      try ImageGrid(atoms, shading: .signedPerTile).write(to: url)
    }
  }

  private static func ending(of path: String) throws -> Ending {
    try Ending(of: path, among: [.png, .npy], for: "--output")
  }

  private struct Listing: Encodable {
    let basis: String
    let kind: String
    let height: Int
    let width: Int
    let atoms: [String]

    init(_ basis: any Basis, count: Int) {
      self.basis = basis.name
      kind = basis.kind.rawValue
      height = basis.height
      width = basis.width
      atoms = basis.atomNames(count: count)
    }
  }
}
