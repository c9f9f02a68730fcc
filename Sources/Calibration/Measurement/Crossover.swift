import Spectral
import Tensors

/// The measured times of the methods for one convolution, beside what a planner chose.
public struct CrossoverPoint: Sendable {
  /// The convolution.
  public let work: ConvolutionWork
  /// The seconds of every method that was worth measuring.
  public let seconds: [ConvolutionMethod: Double]
  /// What the planner chose before it was measured.
  public let choice: ConvolutionMethod

  /// The fastest method.
  public var best: ConvolutionMethod { seconds.min { ($0.value, $0.key.rawValue) < ($1.value, $1.key.rawValue) }!.key }
  /// How much longer the choice takes than the fastest method, as a share.
  public var regret: Double { seconds[choice]! / seconds[best]! - 1 }
}

/// Measures where the methods overtake each other, and what a planner's choices cost.
public struct Crossover: Sendable {
  /// A method whose predicted time is so many times that of the choice is not measured.
  private static let hopeless = 8.0

  private let planner: ConvolutionPlanner
  private let timer: MethodTimer

  /// Describes the measurements.
  ///
  /// - Parameters:
  ///   - planner: Whose choices are judged.
  ///   - budget: The seconds for each method at each point.
  public init(_ planner: ConvolutionPlanner, budget: Double) {
    self.planner = planner
    timer = MethodTimer(planner, budget: budget)
  }

  /// Measures one point.
  ///
  /// - Parameters:
  ///   - work: The convolution.
  ///   - precision: The precision that it is done in.
  /// - Returns: The point.
  /// - Throws: `InputError` where no method can serve.
  public func measure<S: SpectralScalar>(_ work: ConvolutionWork, as precision: S.Type) throws -> CrossoverPoint {
    let choice = try planner.method(for: work, as: precision)
    let limit = try Self.hopeless * planner.seconds(of: choice, for: work, as: precision)
    let methods = ConvolutionMethod.computed.filter { method in
      ((try? planner.seconds(of: method, for: work, as: precision)) ?? .infinity) <= limit
    }
    return CrossoverPoint(
      work: work, seconds: try timer.seconds(of: methods, for: work, as: precision), choice: choice)
  }
}

/// What the choices of a planner cost over many points.
public struct RegretSummary: Codable, Sendable {
  /// What counts as a good choice.
  public static let tolerance = 0.1

  /// How many points there are.
  public let points: Int
  /// The share of the points whose choice takes at most 10 % longer than the fastest method.
  public let shareWithinTolerance: Double
  /// The middle regret.
  public let median: Double
  /// The largest regret.
  public let worst: Double

  /// Sums up at least one point.
  public init(_ points: [CrossoverPoint]) {
    precondition(!points.isEmpty, "expected at least one point, got none")
    let regrets = points.map(\.regret).sorted()
    self.points = regrets.count
    shareWithinTolerance = Double(regrets.count { $0 <= Self.tolerance }) / Double(regrets.count)
    median = (regrets[(regrets.count - 1) / 2] + regrets[regrets.count / 2]) / 2
    worst = regrets[regrets.count - 1]
  }
}
