/// What a method is expected to take for some work.
public struct ConvolutionEstimate: Codable, Equatable, Sendable {
  /// What limits a computation that uses the machine perfectly.
  public enum Bound: String, Codable, Sendable {
    /// The rate of multiply-adds.
    case compute
    /// The rate at which memory is read and written.
    case memory
  }

  /// The predicted time in seconds.
  public let seconds: Double
  /// The bytes of the prepared bank.
  public let preparedBytes: Int
  /// The bytes of scratch memory, with what a forward pass keeps for the gradients.
  public let scratchBytes: Int
  /// The bytes of the outputs.
  public let outputBytes: Int
  /// The real multiply-adds of one image's forward pass: a complex product counts 4, a real transform of n points
  /// 1.25·n·log₂ n.
  public let operations: Double
  /// The multiply-adds per byte that must be read or written at least once: images, outputs, prepared bank.
  public let intensity: Double
  /// What limits the method at that intensity.
  public let bound: Bound
  /// The shortest time that the limit allows, of the forward pass of all images: the roofline.
  ///
  /// Source: S. Williams, A. Waterman, D. Patterson, *Roofline: an insightful visual performance model*, CACM 52(4), 2009.
  public let rooflineSeconds: Double

  /// The bytes that the convolution allocates: prepared bank, scratch memory and outputs.
  public var bytes: Int { preparedBytes + scratchBytes + outputBytes }
}

extension ConvolutionEstimate {
  init(
    _ method: ConvolutionMethod, _ demand: MethodDemand, _ memory: MethodMemory, of work: ConvolutionWork,
    _ model: CostModel, threads: Int
  ) {
    let images = Double(work.images)
    let sampleBytes = Double(memory.outputBytes) * Double(work.shape.inputCount) / Double(work.shape.outputCount)
    let traffic = sampleBytes + Double(memory.outputBytes + memory.preparedBytes)
    let compute = images * demand.operations * model.fastestMultiplyAdd / Double(threads)
    let transfer = traffic * model.seconds(of: .byte, at: traffic)
    seconds = model.seconds(of: demand.costs, by: method, for: work)
    preparedBytes = memory.preparedBytes
    scratchBytes = memory.scratchBytes
    outputBytes = memory.outputBytes
    operations = demand.operations
    intensity = images * demand.operations / traffic
    bound = compute >= transfer ? .compute : .memory
    rooflineSeconds = max(compute, transfer)
  }
}
