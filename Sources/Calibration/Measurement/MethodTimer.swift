import Spectral
import Tensors

/// Times the methods of a convolution beside each other.
public struct MethodTimer: Sendable {
  /// The seconds that each method may take, its first run not counted.
  public var budget: Double
  /// What limits the memory.
  public let planner: ConvolutionPlanner

  /// Describes the measurements.
  ///
  /// - Parameters:
  ///   - planner: What limits the memory.
  ///   - budget: The seconds for each method.
  public init(_ planner: ConvolutionPlanner, budget: Double) {
    self.planner = planner
    self.budget = budget
  }

  /// The shortest time of each method over rounds in which they take turns, so that a disturbance meets all of them.
  ///
  /// In its turn a method runs again and again, as it would in a program that uses one plan for many images. Turns grow
  /// longer, and methods that were clearly slower than the fastest in two of them take part in no more.
  ///
  /// - Parameters:
  ///   - methods: The methods, all of which can serve.
  ///   - work: What is done.
  ///   - precision: The precision that it is done in.
  /// - Returns: The seconds of each method.
  /// - Throws: `InputError` where a method cannot serve.
  public func seconds<S: SpectralScalar>(
    of methods: [ConvolutionMethod], for work: ConvolutionWork, as precision: S.Type
  ) throws -> [ConvolutionMethod: Double] {
    let arrays = ConvolutionArrays<S>(work)
    var turns = try methods.map { Turn(run: try ConvolutionRun(work, $0, arrays, planner)) }
    for (round, share) in Self.shares.enumerated() {
      let limit = round < 2 ? .infinity : Self.clearlySlower * turns.reduce(.infinity) { min($0, $1.best) }
      for index in turns.indices where turns[index].best <= limit {
        turns[index].take(until: budget * share, of: budget)
      }
    }
    return Dictionary(uniqueKeysWithValues: zip(methods, turns.map(\.best)))
  }

  /// The shares of the budget that are spent after each round.
  private static let shares = [0.06, 0.2, 0.6, 1]
  private static let clearlySlower = 1.5
  private static let longestRepeatedRun = 1.0

  /// Runs of every turn, so that a disturbance of one does not decide, unless a single one takes the whole budget.
  private static let fewestRuns = 3

  private struct Turn<S: SpectralScalar> {
    let run: ConvolutionRun<S>
    var spent = 0.0
    var best = Double.infinity

    /// The first run brings the data into the caches and the libraries to life; it is counted only where it alone takes
    /// very long.
    mutating func take(until limit: Double, of budget: Double) {
      guard spent < limit else { return }
      let first = time()
      spent += min(first, limit / 2)
      guard first <= MethodTimer.longestRepeatedRun else { return (best, spent) = (first, .infinity) }
      var runs = 0
      while spent < limit || runs < (best < budget ? MethodTimer.fewestRuns : 1) {
        let seconds = time()
        best = min(best, seconds)
        spent += seconds
        runs += 1
      }
    }

    private mutating func time() -> Double { ContinuousClock().measure { run() } / .seconds(1) }
  }
}
