import Formats
import LinearModels
import Tensors
import TestSupport
import Testing

@Suite struct StandardizerTests {
  @Test func agreesWithScikitLearn() throws {
    let archive = try NPZ.read(Places.fixture("logistic.npz"))
    let features: Tensor<Double> = try archive["unstandardized"].tensor()
    let expected: Tensor<Double> = try archive["standardized"].tensor()
    let standardizer = Standardizer(fitting: features)
    #expect(relativeError(standardizer.apply(features), expected) < 1e-13)
    #expect(standardizer.scale.last == 1)
  }

  @Test func usesTheTrainingDataAlone() {
    let standardizer = Standardizer(fitting: Tensor([1, 5, 3, 5], shape: [2, 2]))
    #expect(standardizer.mean == [2, 5] && standardizer.scale == [1, 1])
    #expect(standardizer.apply(Tensor([4, 7], shape: [1, 2])) == Tensor([2, 2], shape: [1, 2]))
  }
}
