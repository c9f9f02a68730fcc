import Datasets
import Foundation
import Parallel
import Tensors
import TestSupport
import Testing

@Suite struct SyntheticTests {
  @Test(arguments: SyntheticFamilies.names)
  func imagesDependOnSeedAndIndexAlone(name: String) throws {
    let family = try SyntheticFamilies.named(name)
    let stream = RandomStream(seed: 5)
    let dataset = try family.makeDataset(count: 40, from: stream)
    #expect(dataset.images.shape == [40, 16, 16])
    #expect(dataset.classCounts == [10, 10, 10, 10])
    let longer = try family.makeDataset(count: 60, from: stream)
    #expect(longer.images[rows: 0..<40] == dataset.images)
    let inline = try parallelMap(2) { _ in try family.makeDataset(count: 40, from: stream).checksum }
    #expect(inline == [dataset.checksum, dataset.checksum])
    #expect(try family.makeDataset(count: 40, from: RandomStream(seed: 6)).checksum != dataset.checksum)
  }

  @Test(arguments: SyntheticFamilies.names)
  func everySizeAndEveryExtremeOfAParameterGivesFiniteImages(name: String) throws {
    let family = try SyntheticFamilies.named(name)
    for size in [4, 5, 13, 32] {
      #expect(
        try family.makeDataset(count: 8, size: size, from: RandomStream(seed: 1)).images.shape == [8, size, size])
    }
    try checkExtremes(of: family)
    for parameter in ImageFormation.parameters {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        var formation = ImageFormation()
        try formation.set(parameter.name, to: value)
        _ = try family.makeDataset(count: 4, formation: formation, from: RandomStream(seed: 1))
      }
    }
  }

  private func checkExtremes<Family: SyntheticFamily>(of family: Family) throws {
    let stream = RandomStream(seed: 1)
    let plain = try family.makeDataset(count: 8, from: stream)
    for parameter in Family.parameters {
      for value in [parameter.range.lowerBound, parameter.range.upperBound] {
        var changed = family
        try changed.set(parameter.name, to: value)
        let dataset = try changed.makeDataset(count: 8, from: stream)
        #expect(
          parameter.value(in: family) == value || dataset.checksum != plain.checksum, "\(parameter.name) = \(value)")
      }
    }
  }

  @Test func unknownNamesAndValuesOutOfRangeAreRefused() {
    #expect { try SyntheticFamilies.named("grating") } throws: { "\($0)".contains("did you mean 'gratings'?") }
    var formation = ImageFormation()
    #expect { try formation.set("doze", to: 1) } throws: { "\($0)".contains("did you mean 'dose'?") }
    #expect { try formation.set("dose", to: -1) } throws: { "\($0)".contains("got -1.0") }
    #expect(throws: InputError.self) { try formation.set("psf", to: .nan) }
    #expect(throws: InputError.self) { try Ramps().makeDataset(count: 3, from: RandomStream(seed: 1)) }
    #expect(throws: InputError.self) { try Ramps().makeDataset(count: 8, size: 3, from: RandomStream(seed: 1)) }
  }

  /// Mean 1 + c and variance (dose·(1 + c) + read noise²)/dose² on a field of constant contrast c.
  @Test(arguments: [(20.0, 1.5, 0.0), (5, 0, 0.4), (400, 6, -0.5)])
  func noiseHasTheStatedMoments(dose: Double, readNoise: Double, contrast: Double) {
    var formation = ImageFormation()
    (formation.dose, formation.readNoise) = (dose, readNoise)
    var scene = Scene(size: 200, margin: formation.margin)
    scene.add { _, _ in contrast }
    var stream = RandomStream(seed: 8)
    let image = expose(scene, formation, &stream).map(Double.init)
    let n = Double(image.count)
    let mean = image.reduce(0, +) / n
    let variance = image.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / (n - 1)
    let expected = (dose * (1 + contrast) + readNoise * readNoise) / (dose * dose)
    #expect(abs(mean - 1 - contrast) < 5 * (expected / n).squareRoot())
    #expect(abs(variance / expected - 1) < 5 * (2.5 / n).squareRoot())
  }

  /// A wave of frequency k loses the factor exp(−σ²k²/2); a constant stays, up to the border.
  @Test func blurIsAGaussianWithoutBorderEffects() {
    for psf in [0, 0.8, 1.5, 3] {
      var formation = ImageFormation()
      formation.psf = psf
      var scene = Scene(size: 24, margin: formation.margin)
      scene.add { _, _ in 0.3 }
      let wave = 2 * Double.pi / 12
      scene.add { row, _ in 0.5 * cos(wave * Double(row)) }
      let factor = exp(-psf * psf * wave * wave / 2)
      for (index, value) in formation.blurred(scene).enumerated() {
        let expected = 0.3 + 0.5 * factor * cos(wave * Double(index / 24))
        #expect(abs(value - expected) < 2e-4, "σ = \(psf), pixel \(index)")
      }
    }
  }

  @Test func everyClassOwnsFourCellsOfEachFinerGrid() {
    for cells in [4, 8] {
      for label in 0..<4 {
        let own = (0..<cells * cells).filter {
          Mosaics.owns(label, row: $0 / cells, column: $0 % cells, cells: cells)
        }
        #expect(own.count == 4)
      }
    }
    #expect(!Mosaics.owns(0, row: 0, column: 0, cells: 2) && !Mosaics.owns(0, row: -4, column: 0, cells: 4))
  }

  @Test func legendreByHand() {
    #expect([0, 1, 2, 3].map { Ramps.legendre($0, 0.5) } == [1, 0.5, -0.125, -0.4375])
  }

  private func expose(_ scene: Scene, _ formation: ImageFormation, _ stream: inout RandomStream) -> [Float] {
    var image = [Float](repeating: 0, count: scene.size * scene.size)
    image.withUnsafeMutableBufferPointer { formation.expose(scene, noise: &stream, into: $0) }
    return image
  }
}
