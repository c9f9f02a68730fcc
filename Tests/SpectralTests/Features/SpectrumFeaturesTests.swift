import Formats
import Numerics
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct SpectrumFeaturesTests {
  private func check(_ map: any FeatureMap, _ image: Tensor<Double>, _ name: String) throws {
    let archive = try FeatureFixtures.archive("spectra")
    let expected: Tensor<Double> = try archive[name].tensor()
    let row = try map.designMatrix(image.reshaped([1] + image.shape))
    #expect(row.shape == [1, map.dimension] && map.featureNames.count == map.dimension, "\(name)")
    #expect(relativeError(row.reshaped([expected.count]), expected.reshaped([expected.count])) < 1e-13, "\(name)")
  }

  @Test func spectraAreNumPys() throws {
    let archive = try FeatureFixtures.archive("spectra")
    for index in 0..<4 {
      let image: Tensor<Double> = try archive["image_\(index)"].tensor()
      let (height, width) = (image.shape[0], image.shape[1])
      try check(PowerSpectrumFeatures(height: height, width: width), image, "power_\(index)")
      try check(RadialSpectrumFeatures(height: height, width: width), image, "radial_\(index)")
      if index < 3 {
        try check(AngularSpectrumFeatures(height: height, width: width, wedges: 6), image, "angular_\(index)")
      }
      for window in WindowFunction.allCases {
        let map = try WindowedFourierFeatures(height: height, width: width, size: 5, hop: 2, window: window)
        try check(map, image, "\(window.rawValue)_\(index)")
      }
    }
  }

  @Test func theMeanOfThePowerIsTheMeanSquare() throws {
    let image: Tensor<Double> = randomTensor([1, 6, 9], seed: 51)
    let power = try PowerSpectrumFeatures(height: 6, width: 9).designMatrix(image).reshaped([6, 5])
    let total = (0..<6).map { row in power[row, 0] + 2 * (1..<5).map { power[row, $0] }.reduce(0, +) }.reduce(0, +)
    #expect(abs(total / 54 - image.norm * image.norm / 54) < 1e-14)
  }

  @Test func aWaveLiesInItsRingAndItsWedge() throws {
    let wave = Tensor(
      (0..<256).map { Double.cos(2 * .pi * (3 * Double($0 / 16) + 3 * Double($0 % 16)) / 16) }, shape: [1, 16, 16])
    let rings = try RadialSpectrumFeatures(height: 16, width: 16).designMatrix(wave).elements
    #expect(rings.indices.filter { rings[$0] > 1e-12 } == [4])
    let wedges = try AngularSpectrumFeatures(height: 16, width: 16).designMatrix(wave).elements
    #expect(wedges.indices.filter { wedges[$0] > 1e-12 } == [2])
  }

  @Test(arguments: [
    "power-spectrum", "radial-spectrum", "angular-spectrum:4", "windowed-fourier:4", "scattering:J=1",
  ])
  func anOffsetTakesLogarithms(name: String) throws {
    func map(_ text: String) throws -> any FeatureMap {
      try FeatureCatalog.features(named: text, height: 8, width: 8, random: RandomStream(seed: 1))
    }
    let images: Tensor<Double> = randomTensor([2, 8, 8], seed: 52)
    let (plain, logarithms) = (try map(name), try map(name + ":log=0.25"))
    #expect(logarithms.name.hasSuffix(":log=0.25"))
    let kept = logarithms.featureNames.filter { !$0.hasPrefix("log ") }.count
    #expect(kept == (name.hasPrefix("scattering") ? 16 : 0))
    let (values, found) = (try plain.designMatrix(images), try logarithms.designMatrix(images))
    let empty = try logarithms.designMatrix(Tensor<Float>.zeros([1, 8, 8])).elements
    for column in 0..<plain.dimension {
      let expected = column < kept ? values[1, column] : Double.log(0.25 + values[1, column])
      #expect(abs(found[1, column] - expected) < 1e-12, "\(column)")
      #expect(empty[column] == (column < kept ? 0 : Double.log(0.25)))
    }
    #expect(throws: InputError.self) { try map(name + ":log=0") }
  }

  @Test(arguments: [
    ("angular-spectrum:200", "have no frequency in one of them"), ("angular-spectrum:0", "expected at least 1"),
    ("windowed-fourier:17", "expected 1 to 16"), ("windowed-fourier:8:hop=0", "expected at least 1"),
    ("windowed-fourier:8:window=han", "did you mean 'hann'?"),
    ("power-spectrum:log=-1", "expected the positive number"),
    ("radial-spectrum:log=many", "expected a number for log, got 'many'"),
  ])
  func mistakesAreNamed(text: String, message: String) {
    let error = #expect(throws: InputError.self) {
      try FeatureCatalog.features(named: text, height: 16, width: 16, random: RandomStream(seed: 1))
    }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }
}
