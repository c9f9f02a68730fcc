import Foundation
import Spectral
import Tensors
import Testing

@Suite struct CostModelTests {
  private let models: [(precision: String, model: CostModel)] = [
    ("Float", CostModels.builtIn.float), ("Double", CostModels.builtIn.double),
  ]

  @Test func builtInCostsAreComplete() {
    for (precision, model) in models { #expect(model.isValid, "\(precision)") }
  }

  @Test func curvesAreInterpolatedInTheLogarithm() {
    let model = CostModel(
      seconds: Dictionary(
        uniqueKeysWithValues: CostQuantity.allCases.map { ($0, $0.knots.indices.map { Double($0 + 1) }) }))
    let knots = CostQuantity.planeTransform.knots
    for (index, knot) in knots.enumerated() {
      #expect(model.seconds(of: .planeTransform, at: knot) == Double(index + 1))
    }
    let middle = (knots[2] * knots[3]).squareRoot()
    #expect(abs(model.seconds(of: .planeTransform, at: middle) - 3.5) < 1e-12)
    #expect(model.seconds(of: .planeTransform, at: 1e9) == Double(knots.count))
    #expect(model.seconds(of: .planeTransform, at: 0) == 1)
  }

  @Test func moreWorkIsPredictedToTakeLonger() throws {
    let planner = ConvolutionPlanner(.builtIn, threads: 2)
    func seconds(_ work: ConvolutionWork) -> [ConvolutionMethod: Double] {
      Dictionary(
        uniqueKeysWithValues: planner.candidates(for: work, as: Float.self).compactMap { candidate in
          candidate.estimate.map { (candidate.method, $0.seconds) }
        })
    }
    for (image, kernel) in [(16, 3), (64, 5), (256, 15), (1024, 31)] {
      let base = ConvolutionWork(try PlannerTests.shape(image, kernel, channels: 2, filters: 2))
      var more = [base, base, base, base, base]
      more[0].shape = try PlannerTests.shape(2 * image, kernel, channels: 2, filters: 2)
      more[1].shape = try PlannerTests.shape(image, kernel, channels: 4, filters: 2)
      more[2].shape = try PlannerTests.shape(image, kernel, channels: 2, filters: 8)
      more[3].images = 3
      more[4].purpose = .training
      let least = seconds(base)
      for work in more {
        for (method, time) in seconds(work) {
          #expect(time > least[method] ?? 0, "\(method) for \(work)")
        }
      }
    }
  }

  @Test func aFitFindsTheCostsThatMadeTheMeasurements() throws {
    let truth = CostModels.builtIn.double
    let start = CostModels.builtIn.float
    let planner = ConvolutionPlanner(.builtIn, threads: 1)
    let works = try [16, 24, 50, 100, 200, 400].flatMap { image in
      try [1, 3, 5, 7, 15].flatMap { kernel in
        try [1, 4, 16].map { ConvolutionWork(try PlannerTests.shape(image, kernel, channels: $0, filters: $0)) }
      }
    }
    let profiles = works.flatMap { work in
      ConvolutionMethod.computed.compactMap { try? planner.costs(of: $0, for: work, as: Float.self) }
    }
    let samples = profiles.map { CostSample($0, seconds: truth.seconds(of: $0)) }
    let fitted = start.fitted(to: samples, regularization: 1e-6)
    #expect(fitted.isValid)
    for sample in profiles {
      let ratio = fitted.seconds(of: sample) / truth.seconds(of: sample)
      #expect(abs(ratio - 1) < 0.03, "\(ratio)")
    }
  }

  @Test func codingKeepsEveryBit() throws {
    let data = try JSONEncoder().encode(CostModels.builtIn)
    #expect(try JSONDecoder().decode(CostModels.self, from: data) == .builtIn)
  }
}
