import Foundation
import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct AtomsCommandTests {
  private struct Listing: Decodable {
    let basis, kind: String
    let height, width: Int
    let atoms: [String]
  }

  @Test(arguments: BasisCatalog.names.filter { !BasisCatalog.needsTraining($0) })
  func numbersAreTheAtoms(name: String) throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.npy")
      let outcome = try Command.run([
        "atoms", "--basis", name, "--size", "16x8", "--count", "7", "--seed", "5", "--output", url.path, "--json",
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      let basis = try BasisCatalog.basis(named: name, height: 16, width: 8, random: RandomStream(seed: 5))
      let array = try NPY.read(url)
      #expect(try array.tensor(as: Double.self) == basis.atoms(count: 7))
      let listing = try JSONDecoder().decode(Listing.self, from: Data(outcome.output.utf8))
      #expect(listing.basis == name && listing.kind == basis.kind.rawValue)
      #expect(listing.height == 16 && listing.width == 8)
      #expect(listing.atoms == basis.atomNames(count: 7))
    }
  }

  @Test func pictureHasWholeEnlargedTiles() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.PNG")
      let outcome = try Command.run(["atoms", "--basis", "haar", "--size", "4", "--output", url.path])
      #expect(outcome.status == 0 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("16 of 16 atoms, from haar approximation (0,0) to haar level 1 diagonal (1,1)"))
      #expect(try Data(contentsOf: url).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test(arguments: [
    (["--basis", "furier"], "did you mean 'fourier'?"), (["--basis", "haar", "--size", "15"], "15×15"),
    (["--basis", "fourier", "--size", "4", "--count", "17"], "1 to 16"),
    (["--basis", "fourier", "--count", "0"], "1 to 256"), (["--basis", "fourier", "--size", "0"], "at least 1"),
    (["--basis", "fourier", "--size", "1025"], "1 to 1024"),
    (["--basis", "fourier", "--size", "4x"], "4x"), (["--basis", "fourier", "--size", "4x4x4"], "4x4x4"),
    (["--basis", "fourier", "--output", "x.jpg"], ".png or .npy"),
    (["--basis", "fourier", "--size", "1024", "--count", "200"], "at most 1"), ([], "--basis"),
  ])
  func mistakesAreNamed(arguments: [String], part: String) throws {
    let outcome = try Command.run(["atoms"] + arguments)
    #expect(outcome.status == 2 && outcome.output.isEmpty)
    #expect(outcome.errors.contains(part), "\(outcome.errors)")
    #expect(outcome.errors.split(separator: "\n").count <= 3, "\(outcome.errors)")
  }

  @Test func unwritableFolderIsAFailure() throws {
    let outcome = try Command.run(["atoms", "--basis", "fourier", "--output", "/nowhere/atoms.png"])
    #expect(outcome.status == 1 && outcome.errors.contains("/nowhere"))
  }
}
