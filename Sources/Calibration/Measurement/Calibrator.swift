import Parallel
import Spectral
import Tensors

/// Measures the costs of this machine: every method on a grid of convolutions, and the model that fits them best.
public struct Calibrator: Sendable {
  /// How far a calibration is.
  public struct Progress: Sendable {
    /// The share of the work that is done, 0…1.
    public let share: Double
    /// What is measured now.
    public let stage: String
  }

  private let planner = ConvolutionPlanner(.builtIn, threads: ThreadPool.shared.threadCount)
  private let budget: Double

  /// Creates a calibrator for the threads of this process.
  ///
  /// - Parameter budget: The seconds for each method at each point; one that is predicted to take three times as long for
  ///   a single run is left out.
  public init(budget: Double) { self.budget = budget }

  /// Measures both precisions, where a method counts the less the slower it is beside the fastest, and first FFTW's plans
  /// of the transforms that the grid takes.
  ///
  /// - Parameter goesOn: Receives the progress before each measurement, and says whether to go on.
  /// - Returns: The costs, or `nil` where it was told to stop.
  /// - Throws: `InputError` where a method fails.
  public func measure(_ goesOn: (Progress) -> Bool) throws -> CostModels? {
    planTransforms { goesOn(Progress(share: 0, stage: $0)) }
    guard let float = try model(of: Float.self, { goesOn(Progress(share: $0 / 2, stage: Float.name)) }),
      let double = try model(of: Double.self, { goesOn(Progress(share: (1 + $0) / 2, stage: Double.name)) })
    else { return nil }
    return CostModels(float: float, double: double)
  }

  /// Plans the transforms of common sizes by measurement, the small ones first, as far as the time goes.
  private func planTransforms(_ goesOn: (String) -> Bool) {
    let end = ContinuousClock.now + .seconds(1000 * budget)
    let works = CalibrationGrid.regular.filter { $0.purpose == .forward && $0.shape.kernelCount > 64 }
    for work in works.sorted(by: { $0.shape.inputCount < $1.shape.inputCount }) {
      guard ContinuousClock.now < end, goesOn("transforms") else { return }
      TransformWisdom.measuring {
        for method in [ConvolutionMethod.fft, .overlapSave] {
          _ = try? ConvolutionPlan<Float>(work, method: method, planner: planner)
          _ = try? ConvolutionPlan<Double>(work, method: method, planner: planner)
        }
      }
    }
  }

  private func model<S: SpectralScalar>(of precision: S.Type, _ goesOn: (Double) -> Bool) throws -> CostModel? {
    let timer = MethodTimer(planner, budget: budget)
    var samples: [CostSample] = []
    for (index, work) in CalibrationGrid.works.enumerated() {
      guard goesOn(Double(index) / Double(CalibrationGrid.works.count)) else { return nil }
      let methods = methods(for: work, as: precision)
      let times = try timer.seconds(of: methods, for: work, as: precision)
      for (method, seconds) in times {
        let costs = try planner.costs(of: method, for: work, as: precision)
        samples.append(CostSample(method, work, costs, seconds: seconds, weight: times.values.min()! / seconds))
      }
    }
    return CostModels.builtIn[precision].fitted(to: samples).interpolating(samples)
  }

  /// The methods that can serve, without those that would take too long.
  private func methods<S: SpectralScalar>(for work: ConvolutionWork, as precision: S.Type) -> [ConvolutionMethod] {
    ConvolutionMethod.computed.filter { method in
      ((try? planner.seconds(of: method, for: work, as: precision)) ?? .infinity) <= 3 * budget
    }
  }
}
