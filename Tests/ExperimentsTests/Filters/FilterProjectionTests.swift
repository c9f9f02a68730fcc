import Experiments
import Foundation
import NeuralNetworks
import Spectral
import TestSupport
import Tensors
import Testing

@Suite struct FilterProjectionTests {
  /// A network of one convolution on images of one channel.
  static func layer(_ filters: Int, channels: Int = 1, size: Int) throws -> FilterLayer {
    let network = try Network(inputShape: [channels, 16, 16]) {
      Conv2D(inputChannels: channels, outputChannels: filters, kernelSize: Extent2D(size))
      Flatten()
      Dense(inputCount: filters * (17 - size) * (17 - size), outputCount: 3)
    }
    return try #require(network.filterLayers.first)
  }

  private func project(
    _ filters: Tensor<Double>, _ layer: FilterLayer, _ basis: String, draws: Int = 50, seed: UInt64 = 1
  ) throws -> FilterProjection {
    try FilterProjection(filters, of: layer, basis: basis, draws: draws, from: RandomStream(seed: seed))
  }

  /// A filter that is an atom has all its energy in the band of that atom, whatever its size.
  @Test(arguments: ["fourier", "dct", "haar", "polynomial", "walsh", "pixels"])
  func anAtomLiesInItsBand(name: String) throws {
    let basis = try BasisCatalog.basis(named: name, height: 4, width: 4, random: RandomStream(seed: 1))
    let layer = try Self.layer(16, size: 4)
    let atoms = basis.atoms(count: 16).map { -3 * $0 }
    let projection = try project(atoms.reshaped([16, 1, 4, 4]), layer, name)
    for (place, band) in basis.bands.enumerated() {
      for atom in 0..<16 {
        #expect(abs(projection.shares[atom][place] - (band.atoms.contains(atom) ? 1 : 0)) < 1e-12)
      }
      #expect(abs(projection.bands[place].learned - Double(band.atoms.count) / 16) < 1e-12)
    }
    #expect(abs(projection.energy - 9) < 1e-12)
  }

  /// Two channels: 3² in the constant of one and 4² in an alternating pattern of the other.
  @Test func channelsShareTheEnergyOfAFilter() throws {
    let layer = try Self.layer(2, channels: 2, size: 2)
    let constant = [1.5, 1.5, 1.5, 1.5]
    let chequered = [2.0, -2, -2, 2]
    let zero = [0.0, 0, 0, 0]
    let filters = Tensor(constant + chequered + zero + zero, shape: [2, 2, 2, 2])
    let projection = try project(filters, layer, "haar")
    #expect(
      projection.bands.map(\.name) == ["approximation", "level 1 horizontal", "level 1 vertical", "level 1 diagonal"])
    #expect(zip(projection.shares[0], [9.0 / 25, 0, 0, 16.0 / 25]).allSatisfy { abs($0 - $1) < 1e-12 })
    #expect(projection.shares[1] == [0, 0, 0, 0])
    #expect(abs(projection.energy - 12.5) < 1e-12)
  }

  /// A wavelet basis has no 3×3 atoms: with zeros around them filters keep their energy.
  @Test func filtersOfOddSizeAreExtendedByZeros() throws {
    let layer = try Self.layer(1, size: 3)
    let filter = Tensor((0..<9).map { Double($0) - 3 }, shape: [1, 1, 3, 3])
    let projection = try project(filter, layer, "haar")
    #expect(projection.remark == "filters of 3×3 extended by zeros to 4×4")
    let extended = Tensor(
      [-3.0, -2, -1, 0, 0, 1, 2, 0, 3, 4, 5, 0, 0, 0, 0, 0], shape: [1, 4, 4])
    let energies = try HaarBasis(height: 4, width: 4).bandEnergies(extended)
    #expect(abs(projection.energy - 69) < 1e-10)
    for (band, share) in projection.bands.indices.map({ ($0, projection.bands[$0].learned) }) {
      #expect(abs(share - energies[0, band] / 69) < 1e-12)
    }
  }

  /// First weights are white: each band has the share of its atoms, and one more draw lies inside nearly all intervals.
  @Test func firstWeightsAreTheirOwnYardstick() throws {
    let layer = try Self.layer(64, size: 4)
    let projection = try project(Tensor(repeating: 1, shape: [64, 1, 4, 4]), layer, "fourier", draws: 400)
    for band in projection.bands {
      #expect(abs(band.initial.mean - Double(band.atoms) / 16) < 0.01, "\(band.name)")
      #expect(band.initial.lower < band.initial.mean && band.initial.mean < band.initial.upper)
      #expect(band.answer == (band.name == "mean" ? "more" : "less"))
      #expect(band.filtersAbove == (band.name == "mean" ? 64 : 0))
      #expect(band.filtersBelow == (band.name == "mean" ? 0 : 64))
    }
    // Uniform on ±1/4 with 16 weights: 16 · (1/4)²/3.
    #expect(abs(projection.initialEnergy.mean - 1.0 / 3) < 0.005)
    let same = try project(Tensor(repeating: 1, shape: [64, 1, 4, 4]), layer, "fourier", draws: 400)
    #expect(same.bands.map(\.initial) == projection.bands.map(\.initial))
  }

  @Test func layersWithFiltersAreFound() throws {
    func shapes(_ architecture: Architecture) throws -> [String: [Int]] {
      let network = try architecture.network(inputShape: [1, 16, 16], classCount: 10)
      return Dictionary(
        uniqueKeysWithValues: network.filterLayers.map {
          ($0.key, [$0.count, $0.channels, $0.size.height, $0.size.width])
        })
    }
    #expect(try shapes(.small) == ["0": [8, 1, 3, 3], "3": [16, 8, 3, 3]])
    #expect(try shapes(.mlp) == ["1": [128, 1, 16, 16]])
    #expect(try shapes(.largeKernel).values.sorted { $0[1] < $1[1] } == [[16, 1, 15, 15], [16, 16, 15, 15]])
    let plain = try Network(inputShape: [1, 4, 4]) {
      GlobalAveragePool2D(); Flatten(); Dense(inputCount: 1, outputCount: 2)
    }
    #expect(throws: InputError.self) { try plain.filterLayers([]) }
    let small = try Architecture.small.network(inputShape: [1, 16, 16], classCount: 10)
    #expect { try small.filterLayers(["1"]) } throws: { "\($0)".contains("layer with filters") }
  }

  @Test(arguments: ["gabor", "zernike", "pca", "fourrier"])
  func basesThatDoNotDivideEnergyAreRefused(name: String) throws {
    let layer = try Self.layer(1, size: 4)
    #expect(throws: InputError.self) { try project(.zeros([1, 1, 4, 4]), layer, name) }
  }
}
