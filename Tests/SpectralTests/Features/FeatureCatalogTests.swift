import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FeatureCatalogTests {
  private func map(_ text: String, _ height: Int = 16, _ width: Int = 16) throws -> any FeatureMap {
    try FeatureCatalog.features(
      named: text, height: height, width: width, random: RandomStream(seed: 1),
      training: randomTensor([40, height, width], seed: 2))
  }

  @Test func namesMakeTheirMaps() throws {
    #expect(try map("fourier:64").name == "fourier:64")
    #expect(try map("fourier:M=64").dimension == 64)
    #expect(try map("pixels", 3, 5).dimension == 15)
    #expect(try map("log-fourier").dimension == 144)
  }

  @Test func everyNameMakesAMapWhoseColumnsHaveDistinctNames() throws {
    for name in FeatureCatalog.names {
      let map = try map(name)
      #expect(map.featureNames.count == map.dimension && Set(map.featureNames).count == map.dimension, "\(name)")
      #expect(map.operations.isFinite && map.operations >= 0, "\(name)")
      #expect(try self.map(map.name).name == map.name, "\(name)")
    }
  }

  @Test(arguments: [
    ("furier:64", "did you mean 'fourier'?"), ("fourier:N=3", "unknown option of 'fourier:N=3' 'N'"),
    ("fourier:3:4", "'4' is one option too many"), ("fourier:M=3,M=4", "'M' is given twice"),
    ("fourier:many", "expected a whole number for M, got 'many'"), ("fourier:257", "the basis of 16×16 images has 256"),
    ("log-fourier:3", "It has no options"), ("", "unknown feature map ''"),
  ])
  func mistakesAreNamed(text: String, message: String) {
    let error = #expect(throws: InputError.self) { try map(text) }
    #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
  }

  @Test func badImagesAreNamed() throws {
    let map = try map("log-fourier", 4, 5)
    var images: Tensor<Float> = randomTensor([600, 4, 5], seed: 3)
    images[511, 2, 3] = .infinity
    images[512, 0, 0] = .nan
    let error = #expect(throws: InputError.self) { try map.designMatrix(images) }
    #expect(
      error?.description.contains("image 511 has a pixel that is not a finite number, at row 2, column 3") == true)
    let size = #expect(throws: InputError.self) { try map.designMatrix(Tensor<Double>.zeros([2, 5, 4])) }
    #expect(size?.description.contains("found shape [2, 5, 4]") == true)
    #expect(try map.designMatrix(Tensor<Double>.zeros([0, 4, 5])).shape == [0, map.dimension])
  }
}
