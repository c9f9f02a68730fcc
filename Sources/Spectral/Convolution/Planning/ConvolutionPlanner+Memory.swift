internal import Parallel
internal import Tensors

extension ConvolutionPlanner {
  /// What is never asked about: so much memory every machine has.
  private static var negligibleBytes: Int { 64 << 20 }

  /// Refuses work whose outputs alone need more memory than there is.
  ///
  /// - Parameters:
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Throws: ``InputError`` with the bytes that are needed.
  func requireOutputs<S: SpectralScalar>(_ work: ConvolutionWork, as precision: S.Type) throws(InputError) {
    let outputs = MethodMemory.outputBytes(work, as: precision)
    guard let limit = exceededLimit(outputs) else { return }
    throw refusal("the outputs alone take", outputs, limit, remedy: "Convolve the image in parts.")
  }

  /// Refuses a method that needs more memory than there is, before any of it is allocated.
  ///
  /// - Parameters:
  ///   - memory: What the method takes.
  ///   - method: The method.
  ///   - work: The work.
  ///   - precision: The precision that it is done in.
  /// - Throws: ``InputError`` with the bytes that are needed, and the method that needs less.
  func requireMemory<S: SpectralScalar>(
    _ memory: MethodMemory, for method: ConvolutionMethod, _ work: ConvolutionWork, as precision: S.Type
  ) throws(InputError) {
    guard let limit = exceededLimit(memory.bytes) else { return }
    let least = leastDemanding(work, as: precision)
    throw refusal(
      "the method '\(method.rawValue)' needs", memory.bytes, limit,
      remedy: least.bytes < memory.bytes
        ? "The method '\(least.method.rawValue)' needs \(ByteCount(least.bytes))."
        : "No other method needs less: convolve the image in parts.")
  }

  /// Whether a method keeps to the limit that is set.
  func keepsToLimit<S: SpectralScalar>(
    _ method: ConvolutionMethod, _ work: ConvolutionWork, as precision: S.Type
  ) -> Bool {
    guard exceededLimit(MethodMemory.outputBytes(work, as: precision)) == nil,
      let memory = try? method.memory(work, threads: threads, as: precision)
    else { return false }
    return exceededLimit(memory.bytes) == nil
  }

  /// The limit that so many bytes exceed, if there is one.
  private func exceededLimit(_ bytes: Int) -> Int? {
    if let memoryLimit { return bytes > memoryLimit ? memoryLimit : nil }
    guard bytes > Self.negligibleBytes, let available = AvailableMemory.byteCount else { return nil }
    return bytes > available ? available : nil
  }

  private func leastDemanding<S: SpectralScalar>(
    _ work: ConvolutionWork, as precision: S.Type
  ) -> (method: ConvolutionMethod, bytes: Int) {
    let demands = methods.map { method in
      (method, (try? method.memory(work, threads: threads, as: precision).bytes) ?? .max)
    }
    return demands.min { ($0.1, $0.0.rawValue) < ($1.1, $1.0.rawValue) } ?? (.automatic, .max)
  }

  private func refusal(_ subject: String, _ bytes: Int, _ limit: Int, remedy: String) -> InputError {
    InputError(
      "convolution",
      "not enough memory: \(subject) \(ByteCount(bytes)), "
        + (memoryLimit == nil ? "\(ByteCount(limit)) are available" : "the limit is \(ByteCount(limit))"),
      remedy: remedy)
  }
}
