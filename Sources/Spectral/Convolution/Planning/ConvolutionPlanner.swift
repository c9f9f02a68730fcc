public import Tensors

/// What chooses the method of a convolution: the one of least predicted time within the limits.
///
/// The result never depends on the choice beyond rounding.
public struct ConvolutionPlanner: Sendable {
  /// Predicts from the shape and built-in constants alone, for one thread, so that equal shapes have the same method, and
  /// the same bits, in every run.
  public static let reproducible = ConvolutionPlanner(.builtIn, threads: 1)

  /// The methods that ``ConvolutionMethod/automatic`` may choose.
  public var methods = Set(ConvolutionMethod.computed)
  /// The bytes that a convolution may allocate: prepared bank, scratch memory and outputs.
  ///
  /// Where there is no limit, what the system has available is one, which refuses plans but never changes a choice.
  public var memoryLimit: Int?

  /// The threads that predictions are for.
  public let threads: Int
  private let models: CostModels

  /// Predicts from the costs of a machine.
  ///
  /// - Parameters:
  ///   - models: The costs in both precisions.
  ///   - threads: The threads that they were measured with, and that plans will run on.
  public init(_ models: CostModels, threads: Int) {
    precondition(threads >= 1, "expected at least 1 thread, got \(threads)")
    self.models = models
    self.threads = threads
  }

  /// Every method with what it would take for some work, in the order of ``ConvolutionMethod``.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Returns: The candidates, those that cannot serve or may not be chosen included.
  public func candidates<S: SpectralScalar>(for work: ConvolutionWork, as precision: S.Type) -> [ConvolutionCandidate] {
    ConvolutionMethod.computed.map { method in
      do throws(InputError) {
        let estimate = try estimate(method, work, as: precision)
        return ConvolutionCandidate(method: method, estimate: estimate, objection: objection(method, estimate))
      } catch {
        return ConvolutionCandidate(method: method, estimate: nil, objection: error)
      }
    }
  }

  /// The eligible method of least predicted time, the first of equals.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Returns: The method; where none keeps to the memory limit, the fastest, whose plan is then refused.
  /// - Throws: ``InputError`` where no allowed method can serve.
  public func method<S: SpectralScalar>(
    for work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) -> ConvolutionMethod {
    let servants = methods.filter { $0 != .separable || work.isOfLowRank || methods.count == 1 }.compactMap { method in
      (try? seconds(of: method, for: work, as: precision)).map { (method, $0) }
    }
    let ordered = servants.sorted { ($0.1, $0.0.rawValue) < ($1.1, $1.0.rawValue) }.map(\.0)
    guard let fastest = ordered.first else {
      throw InputError(
        "convolution", "none of the methods that are allowed (\(methods.map(\.rawValue).sorted())) can serve")
    }
    guard memoryLimit != nil else { return fastest }
    return ordered.first { keepsToLimit($0, work, as: precision) } ?? fastest
  }

  /// What a method would spend time on.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Returns: How much of each quantity.
  /// - Throws: ``InputError`` where the method cannot serve.
  public func costs<S: SpectralScalar>(
    of method: ConvolutionMethod, for work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) -> CostProfile {
    try method.demand(work, threads: threads, as: precision).costs
  }

  /// The predicted time of a method, in seconds.
  ///
  /// - Parameters:
  ///   - method: The method.
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Returns: The seconds.
  /// - Throws: ``InputError`` where the method cannot serve.
  public func seconds<S: SpectralScalar>(
    of method: ConvolutionMethod, for work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) -> Double {
    models[precision].seconds(of: try costs(of: method, for: work, as: precision), by: method, for: work)
  }

  /// The real multiply-adds of one image's forward pass.
  func operations<S: SpectralScalar>(
    of method: ConvolutionMethod, for work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) -> Double {
    try method.demand(work, threads: threads, as: precision).operations
  }

  private func estimate<S: SpectralScalar>(
    _ method: ConvolutionMethod, _ work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) -> ConvolutionEstimate {
    let demand = try method.demand(work, threads: threads, as: precision)
    let memory = try method.memory(work, threads: threads, as: precision)
    return ConvolutionEstimate(method, demand, memory, of: work, models[precision], threads: threads)
  }

  private func objection(_ method: ConvolutionMethod, _ estimate: ConvolutionEstimate) -> InputError? {
    guard methods.contains(method) else { return InputError(nil, "not among the methods that are allowed") }
    guard let memoryLimit, estimate.bytes > memoryLimit else { return nil }
    return InputError(nil, "needs \(ByteCount(estimate.bytes)), more than the limit of \(ByteCount(memoryLimit))")
  }
}
