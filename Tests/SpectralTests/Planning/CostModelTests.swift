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
      ConvolutionMethod.computed.compactMap { method in
        (try? planner.costs(of: method, for: work, as: Float.self)).map { (method, work, $0) }
      }
    }
    let samples = profiles.map { CostSample($0, $1, $2, seconds: truth.seconds(of: $2)) }
    let fitted = start.fitted(to: samples, regularization: 1e-6)
    #expect(fitted.isValid)
    for (_, _, profile) in profiles {
      let ratio = fitted.seconds(of: profile) / truth.seconds(of: profile)
      #expect(abs(ratio - 1) < 0.03, "\(ratio)")
    }
  }

  /// A method that takes twice as long as its costs say on one kind of work is expected to do so on works like it, less so
  /// on others, and no other method is.
  @Test func whatCostsDoNotExplainIsInterpolated() throws {
    let planner = ConvolutionPlanner(.builtIn, threads: 1)
    func work(_ image: Int, channels: Int) throws -> ConvolutionWork {
      ConvolutionWork(try PlannerTests.shape(image, 3, channels: channels, filters: channels))
    }
    let samples = try [16, 24, 32, 48, 64].flatMap { image in
      try [1, 16].flatMap { channels in
        let work = try work(image, channels: channels)
        return try [ConvolutionMethod.direct, .im2col].map { method in
          let costs = try planner.costs(of: method, for: work, as: Float.self)
          let factor = method == .direct && channels == 16 ? 2.0 : 1
          return CostSample(method, work, costs, seconds: factor * CostModels.builtIn.float.seconds(of: costs))
        }
      }
    }
    let model = CostModels.builtIn.float.interpolating(samples)
    #expect(model.isValid)
    let corrected = ConvolutionPlanner(CostModels(float: model, double: .init(seconds: [:])), threads: 1)
    func factor(_ method: ConvolutionMethod, _ work: ConvolutionWork) throws -> Double {
      try corrected.seconds(of: method, for: work, as: Float.self)
        / planner.seconds(of: method, for: work, as: Float.self)
    }
    #expect(try abs(factor(.direct, work(32, channels: 16)) - 2) < 0.2)
    #expect(try factor(.direct, work(40, channels: 12)) > 1.6)
    #expect(try abs(factor(.direct, work(32, channels: 1)) - 1) < 0.15)
    #expect(try abs(factor(.direct, work(4096, channels: 16)) - 1) < 0.1)
    #expect(try abs(factor(.im2col, work(32, channels: 16)) - 1) < 1e-12)
    #expect(try factor(.fft, work(32, channels: 16)) == 1)
    let data = try JSONEncoder().encode(model)
    #expect(try JSONDecoder().decode(CostModel.self, from: data) == model)
  }

  @Test func codingKeepsEveryBit() throws {
    let data = try JSONEncoder().encode(CostModels.builtIn)
    #expect(try JSONDecoder().decode(CostModels.self, from: data) == .builtIn)
  }
}
