import Experiments
import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FeatureRequestTests {
  private let random = RandomStream(seed: 6)

  private func fitted(_ text: String, _ images: Tensor<Float>, labels: [Int]) throws -> ImageFeatures {
    try FeatureRequest(parsing: text).fitted(to: images, labels: labels, classCount: 2, random: random)
  }

  @Test(arguments: ["fourier:64", "scattering:J=1:L=4", "log-scattering", "haar@f-statistic:3", "log-fourier@order:7"])
  func aNameIsWhatItWasReadFrom(text: String) throws {
    let request = try FeatureRequest(parsing: text)
    #expect(request.name == text && request.needsTraining == (text.contains("@") || text == "log-scattering"))
  }

  @Test(arguments: [
    ("furier", "did you mean 'fourier'?"), ("log-haar", "unknown feature map 'log-haar'"), ("haar@energy", "energy:32"),
    ("haar@energy:0", "at least 1"), ("haar@", "unknown criterion"), ("scattering:K=3", "unknown option"),
    ("log-scattering:K=3", "option of 'log-scattering:K=3' 'K'"),
    ("log-scattering:K=3", "J, L, order, boundary, log, floor"),
    ("log-scattering:flor=3", "did you mean 'floor'?"), ("log-scattering:floor=1,floor=2", "given twice"),
    ("log-scattering:2:8:2:reflect:1:3", "'3' is one option too many"), ("log-fourier:foo", "It has no options"),
  ])
  func mistakesAreNamed(text: String, complaint: String) {
    let error = #expect(throws: InputError.self) { _ = try FeatureRequest(parsing: text) }
    #expect(error?.description.contains(complaint) == true, "\(error?.description ?? "")")
  }

  /// What only the size of the images decides is wrong with the map that was typed, not with the one under the logarithm.
  @Test func valuesAreWrongOfTheMapThatWasTyped() throws {
    let request = try FeatureRequest(parsing: "log-scattering:J=x")
    let error = #expect(throws: InputError.self) { _ = try request.unfittedMap(height: 8, width: 8, random: random) }
    #expect(error?.description.contains("feature map 'log-scattering:J=x'") == true, "\(error?.description ?? "")")
  }

  /// Each channel's coefficients in turn, as one image after the other gives them.
  @Test func channelsComeInTurn() throws {
    let images = randomTensor([3, 2, 4, 4], seed: 1, as: Float.self)
    let features = try fitted("haar:5", images, labels: [0, 1, 0])
    let basis = try HaarBasis(height: 4, width: 4)
    let single = basis.analyze(images.reshaped([6, 4, 4]).map { Double($0) }, count: 5).reshaped([3, 10])
    #expect(try features.designMatrix(images) == single)
    #expect(features.dimension == 10 && features.names[7] == "channel 1 \(basis.atomNames(count: 5)[2])")
    #expect(features.operations == 2 * basis.analysisOperations(count: 5))
  }

  @Test func selectedColumnsAreThoseOfTheRanking() throws {
    let images = randomTensor([20, 2, 4, 4], seed: 3, as: Float.self)
    let labels = (0..<20).map { $0 % 2 }
    let all = try fitted("fourier", images, labels: labels).designMatrix(images)
    let ranking = try FStatisticCriterion().ranking(all, labels: labels, classCount: 2)
    let features = try fitted("fourier@f-statistic:4", images, labels: labels)
    #expect(features.columns == Array(ranking.prefix(4)))
    let rows = try features.designMatrix(images)
    for row in 0..<20 { for place in 0..<4 { #expect(rows[row, place] == all[row, ranking[place]]) } }
    #expect(throws: InputError.self) { try fitted("fourier@f-statistic:33", images, labels: labels) }
  }

  /// By hand: |x| has the means 4 and 0, so that the floors are 2 and, in place of 0, 1.
  @Test func theLogarithmHasItsFloorFromTheTrainingRows() {
    let compression = LogCompression(fitting: Tensor([2, 0, -6, 0], shape: [2, 2]))
    #expect(compression.floors == [2, 1])
    var rows = Tensor<Double>([-3, 1, 0, -2], shape: [2, 2])
    compression.apply(&rows)
    let expected = Tensor<Double>([-log1p(1.5), log1p(1.0), 0, -log1p(2.0)], shape: [2, 2])
    #expect(relativeError(rows, expected) < 1e-15)
  }

  @Test func theFloorIsAnOptionOfTheLogarithm() throws {
    let request = try FeatureRequest(parsing: "log-scattering:floor=0.01,J=2,L=4@energy:8")
    #expect(request.map == "scattering:J=2,L=4" && request.logarithmFloor == 0.01)
    #expect(try FeatureRequest(parsing: request.name) == request)
    #expect(try FeatureRequest(parsing: "log-scattering:J=2,floor=1").map == "scattering:J=2")
    #expect(try FeatureRequest(parsing: "log-scattering:J=2").logarithmFloor == LogCompression.defaultFloor)
    let low = LogCompression(fitting: Tensor([2, 0, -6, 0], shape: [2, 2]), floor: 0.01)
    #expect(low.floors == [0.04, 1])
    for wrong in ["log-scattering:floor=0", "log-scattering:floor=low", "log-fourier:floor=1", "scattering:floor=1"] {
      #expect(throws: InputError.self) { try FeatureRequest(parsing: wrong) }
    }
  }

  /// Images in other units give the same features.
  @Test func logarithmsDoNotSeeUnits() throws {
    let images = randomTensor([6, 1, 8, 8], seed: 3, as: Float.self)
    let doubled = images.map { 256 * $0 }
    let rows = try [images, doubled].map {
      try fitted("log-scattering:J=2:L=4", $0, labels: [0, 1, 0, 1, 0, 1]).designMatrix($0)
    }
    #expect(relativeError(rows[1], rows[0]) < 1e-5)
  }
}
