import Foundation
import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct AtomsCommandTests {
  private struct Listing: Decodable {
    struct Band: Decodable {
      let name: String
      let atoms: [Int]
    }

    let basis, kind: String
    let height, width, atomCount: Int
    let conditionNumber: Double
    let atoms: [String]
    let indices: [Int]
    let bands: [Band]
  }

  private func listing(_ arguments: [String]) throws -> Listing {
    let outcome = try Command.run(["atoms", "--json"] + arguments)
    #expect(outcome.status == 0, "\(outcome.errors)")
    return try JSONDecoder().decode(Listing.self, from: Data(outcome.output.utf8))
  }

  @Test(arguments: BasisCatalog.names.filter { !BasisCatalog.needsTraining($0) })
  func numbersAreTheAtoms(name: String) throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.npy")
      let listing = try listing([
        "--basis", name, "--size", "16x8", "--count", "7", "--seed", "5", "--output", url.path,
      ])
      let basis = try BasisCatalog.basis(named: name, height: 16, width: 8, random: RandomStream(seed: 5))
      #expect(try NPY.read(url).tensor(as: Double.self) == basis.atoms(count: 7))
      #expect(listing.basis == name && listing.kind == basis.kind.rawValue && listing.atomCount == basis.atomCount)
      #expect(listing.height == 16 && listing.width == 8 && listing.indices == Array(0..<7))
      #expect(listing.atoms == basis.atomNames(count: 7))
      #expect(listing.conditionNumber == basis.conditionNumber(count: 7))
      #expect(listing.bands.flatMap(\.atoms).sorted() == Array(0..<7))
    }
  }

  @Test func selectionTakesBandsNamesAndNumbers() throws {
    let basis = try HaarBasis(height: 16, width: 16)
    let bands = Dictionary(uniqueKeysWithValues: basis.bands.map { ($0.name, $0.atoms) })
    let horizontal = try #require(bands["level 2 horizontal"])
    let one = try listing(["--basis", "haar", "--select", "level 2 horizontal", "3", "0-1"])
    #expect(one.indices == horizontal + [3, 0, 1])
    let level = try listing(["--basis", "haar", "--select", "level 3"])
    #expect(level.indices == Array(4..<16) && level.bands.map(\.name).allSatisfy { $0.hasPrefix("level 3 ") })
    let named = try listing(["--basis", "fourier", "--select", "cos(-1,2)", "sin(0,1)"])
    #expect(named.atoms == ["cos(-1,2)", "sin(0,1)"])
  }

  @Test func fittedBasesSeeTheTrainingPartAlone() throws {
    try Places.withTemporaryFolder { folder in
      let (url, output) = (folder.appendingPathComponent("images.npz"), folder.appendingPathComponent("atoms.npy"))
      let (train, test): (Tensor<Float>, Tensor<Float>) = (randomTensor([40, 5, 6], seed: 1), .zeros([4, 5, 6]))
      try NPZ.write(
        [
          ("X_train", NumPyArray(train)), ("y_train", NumPyArray((0..<40).map { $0 % 2 })),
          ("X_test", NumPyArray(test)),
          ("y_test", NumPyArray([0, 1, 0, 1])),
        ], to: url)
      for name in ["pca", "zca"] {
        let basis = try BasisCatalog.basis(
          named: name, height: 5, width: 6, random: RandomStream(seed: 1), training: train.map { Double($0) })
        let arguments = ["--basis", name, "--dataset", url.path]
        let listing = try listing(arguments + ["--count", "9", "--output", output.path])
        #expect(listing.height == 5 && listing.width == 6 && listing.atoms == basis.atomNames(count: 9))
        let atoms = try NPY.read(output).tensor(as: Double.self)
        #expect(relativeError(atoms, basis.atoms(count: 9)) < 1e-9)
        let size = try Command.run(["atoms", "--size", "6"] + arguments)
        #expect(size.status == 1 && size.errors.contains("6×6") && size.errors.contains("5×6"))
      }
    }
  }

  @Test(arguments: BasisCatalog.names)
  func everyBasisHasAPictureWithWords(name: String) throws {
    try Places.withTemporaryFolder { folder in
      let fit = BasisCatalog.needsTraining(name) ? ["--dataset", "ramps"] : []
      for file in ["atoms.svg", "atoms.png"] {
        let outcome = try Command.run(
          ["atoms", "--basis", name, "--count", "5", "--spectrum", "--output", file] + fit, in: folder)
        #expect(outcome.status == 0 && outcome.output.isEmpty, "\(outcome.errors)")
      }
      let text = try String(contentsOf: folder.appendingPathComponent("atoms.svg"), encoding: .utf8)
      #expect(text.contains(BasisCatalog.title(of: name)) && text.contains("modulus of the spectrum"))
      let image = try PNG.read(folder.appendingPathComponent("atoms.png"))
      #expect(image.width >= 1000 && image.channels == 3)
    }
  }

  @Test func pictureHasWholeEnlargedTiles() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.PNG")
      let outcome = try Command.run(["atoms", "--basis", "haar", "--size", "4", "--plain", "--output", url.path])
      #expect(outcome.status == 0 && outcome.output.isEmpty)
      #expect(outcome.errors.contains("16 of 16 atoms, from haar approximation (0,0) to haar level 1 diagonal (1,1)"))
      #expect(try Data(contentsOf: url).prefix(4) == Data([0x89, 0x50, 0x4E, 0x47]))
    }
  }

  @Test(arguments: [
    (["--basis", "furier"], "did you mean 'fourier'?"), (["--basis", "haar", "--size", "15"], "14×14 or 16×16"),
    (["--basis", "walsh", "--size", "12x20"], "power of two, for instance 16×16"),
    (["--basis", "fourier", "--size", "4", "--count", "17"], "1 to 16"),
    (["--basis", "zernike", "--size", "4", "--count", "11"], "1 to 10"),
    (["--basis", "fourier", "--count", "0"], "1 to 256"), (["--basis", "fourier", "--size", "0"], "at least 1"),
    (["--basis", "fourier", "--size", "1025"], "1 to 1024"),
    (["--basis", "fourier", "--size", "4x"], "4x"), (["--basis", "fourier", "--size", "4x4x4"], "4x4x4"),
    (["--basis", "fourier", "--output", "x.jpg"], ".png or .svg or .npy"),
    (["--basis", "fourier", "--size", "1024", "--count", "200", "--output", "x.npy"], "at most 1"),
    (["--basis", "fourier", "--size", "64", "--count", "1025"], "at most 1024"),
    (["--basis", "fourier", "--select", "level 9"], "no band or atom 'level 9'"),
    (["--basis", "fourier", "--select", "cos(1;1)"], "did you mean 'cos(1,1)'?"),
    (["--basis", "fourier", "--select", "250-256"], "from 0 to 255"),
    (["--basis", "fourier", "--select", "0", "--count", "3"], "expected one of them"),
    (["--basis", "fourier", "--spectrum", "--output", "x.npy"], "--spectrum"),
    (["--basis", "fourier", "--plain", "--output", "x.svg"], "--plain"),
    (["--basis", "fourier", "--columns", "0"], "--columns"), (["--basis", "pca"], "--dataset FILE.npz"),
    (["--basis", "haar", "--dataset", "ramps"], "leave --dataset out"),
    (["--basis", "pca", "--dataset", "rampz"], "did you mean 'ramps'?"), ([], "--basis"),
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
