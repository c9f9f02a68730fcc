import Datasets
import Experiments
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct PerturbationTests {
  private struct Fixture: Decodable {
    let image: [Float]
    let shifted, turned, blurred: [[Float]]
  }

  private let fixture: Fixture

  init() throws {
    fixture = try JSONDecoder().decode(Fixture.self, from: Data(contentsOf: Places.fixture("perturbations.json")))
  }

  /// Every image goes one of the ways that SciPy knows, and of forty images each way is gone by some.
  @Test(arguments: ["shift:2", "rotation:25"])
  func shiftsAndRotationsAgreeWithSciPy(name: String) throws {
    let ways = name == "shift:2" ? fixture.shifted : fixture.turned
    let result = try perturbed(copies(40), name)
    let taken = (0..<40).map { image in
      let pixels = result[rows: image..<image + 1].elements
      return ways.firstIndex { way in zip(way, pixels).allSatisfy { abs($0 - $1) < 2e-6 } }
    }
    #expect(Set(taken) == Set(ways.indices.map { $0 }), "\(taken)")
  }

  @Test(arguments: [("blur:0.5", 0), ("blur:1.3", 1)])
  func blursAgreeWithSciPy(name: String, place: Int) throws {
    let result = try perturbed(copies(2), name)
    for (pixel, expected) in zip(result.elements, fixture.blurred[place] + fixture.blurred[place]) {
      #expect(abs(pixel - expected) < 2e-6)
    }
  }

  @Test func contrastIsThatFromTheMean() throws {
    let mean = fixture.image.reduce(0, +) / 35
    let result = try perturbed(copies(1), "contrast:0.25")
    for (pixel, old) in zip(result.elements, fixture.image) {
      #expect(abs(pixel - (mean + (old - mean) / 4)) < 1e-6)
    }
  }

  /// The mean stays; the standard deviation of 40·35 errors is known to 2 %.
  @Test func noiseHasTheDeviationOfThePixels() throws {
    let images = copies(40)
    let mean = fixture.image.reduce(0, +) / 35
    let deviation = (fixture.image.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 35).squareRoot()
    let errors = zip(try perturbed(images, "noise:0.5").elements, images.elements).map { $0 - $1 }
    let size = (errors.reduce(0) { $0 + $1 * $1 } / Float(errors.count)).squareRoot()
    #expect(abs(size / (deviation / 2) - 1) < 0.1)
    #expect(abs(errors.reduce(0, +) / Float(errors.count)) < 4 * deviation / 2 / Float(errors.count).squareRoot())
  }

  /// Counts of mean 20·u have variance 20·u, where u is the brightness between the darkest and the brightest pixel.
  @Test func countsHavePoissonVariance() throws {
    let images = copies(400)
    let (low, high) = (fixture.image.min()!, fixture.image.max()!)
    let result = try perturbed(images, "dose:20").reshaped([400, 35])
    for pixel in 0..<35 {
      let counts = (0..<400).map { 20 * (result[$0, pixel] - low) / (high - low) }
      #expect(counts.allSatisfy { abs($0 - $0.rounded()) < 1e-3 && $0 > -1e-3 })
      let expected = 20 * (fixture.image[pixel] - low) / (high - low)
      let mean = counts.reduce(0, +) / 400
      let variance = counts.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / 399
      #expect(abs(mean - expected) < 5 * (expected / 400).squareRoot() + 1e-3)
      #expect(expected < 1 || abs(variance / expected - 1) < 0.5, "\(variance), \(expected)")
    }
  }

  @Test(arguments: ["shift:0", "rotation:0", "blur:0", "noise:0", "contrast:1"])
  func noStrengthChangesNothing(name: String) throws {
    let images = copies(3)
    for (pixel, old) in zip(try perturbed(images, name).elements, images.elements) { #expect(abs(pixel - old) < 1e-6) }
  }

  /// What is done to an image does not depend on the images beside it.
  @Test(arguments: ["shift:1", "rotation:30", "noise:1", "dose:5"])
  func perturbationsBelongToTheImage(name: String) throws {
    let images = copies(6)
    let all = try perturbed(images, name, indices: [5, 4, 3, 2, 1, 0])
    let one = try perturbed(images[rows: 0..<1], name, indices: [2])
    #expect(all[rows: 3..<4] == one)
  }

  @Test func namesStandForStrengths() throws {
    #expect(try Perturbation.parse("shift").map(\.name) == ["shift:1", "shift:2", "shift:3", "shift:4"])
    #expect(try Perturbation.parse("noise:0.1,2").map(\.name) == ["noise:0.1", "noise:2"])
  }

  @Test(arguments: [
    ("shft:1", "did you mean 'shift'?"), ("shift:1.5", "whole pixels"), ("shift:", "found ''"), ("dose:0", "above 0"),
    ("rotation:181", "from 0 to 180"), ("noise:x", "found 'x'"), ("blur:-1", "from 0"), ("blur:nan", "found 'nan'"),
  ])
  func strengthsThatAreNoneAreNamed(text: String, complaint: String) {
    let error = #expect(throws: InputError.self) { _ = try Perturbation.parse(text) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  private func copies(_ count: Int) -> Tensor<Float> {
    Tensor((0..<count).flatMap { _ in fixture.image }, shape: [count, 1, 7, 5])
  }

  private func perturbed(_ images: Tensor<Float>, _ name: String, indices: [Int]? = nil) throws -> Tensor<Float> {
    let dataset = try Dataset(
      name: "x", images: copies(2).reshaped([2, 7, 5]), labels: [0, 1], classes: ["a", "b"])
    let perturbation = try #require(Perturbation.parse(name).first)
    return Perturber(dataset, random: RandomStream(seed: 5))
      .apply(perturbation, to: images, indices: indices ?? Array(0..<images.shape[0]))
  }
}
