import Spectral

/// A convolution layer at work: a convolution plan, and the biases.
///
/// Padding with a value v is padding of x − v with zeros: y = k ∗ (x − v) + v·Σk, and the gradient of k has v·Σ dy in
/// every weight besides. With a connection table the learned kernels are those of the pairs that are connected; the
/// others are zero.
struct ConvolutionLayerPlan<S: NetworkScalar>: MappingPlan {
  let convolution: ConvolutionPlan<S>
  let bias: BiasSharing
  /// Where each learned kernel lies in the bank; `nil` where all are learned.
  let places: [Int]?
  let paddingValue: S
  let itemCount: Int

  /// The filters in the form that the convolution reads, with the memory of preparing them.
  struct Prepared: Sendable {
    var filters: PreparedKernel<S>
    let workspace: ConvolutionWorkspace<S>
    /// The whole bank, where not all of it is learned.
    let bank: Buffer<S>
    /// v·Σk of each filter, where there is a padding value.
    let offsets: Buffer<S>
  }

  struct Scratch {
    let workspace: ConvolutionWorkspace<S>
    let bankGradient: Buffer<S>
    let shifted: Buffer<S>
    let sums: Buffer<S>
  }

  private var shape: ConvolutionShape { convolution.shape }
  private var channels: Int { shape.outputChannels }
  private var positions: Int { shape.outputHeight * shape.outputWidth }
  private var kernelArea: Int { shape.kernelHeight * shape.kernelWidth }
  private var weightCount: Int { places.map { $0.count * kernelArea } ?? shape.kernelCount }
  private var bankCount: Int { places == nil ? 0 : shape.kernelCount }
  private var shifts: Bool { paddingValue != 0 }

  func makeScratch() -> Scratch {
    Scratch(
      workspace: convolution.makeWorkspace(), bankGradient: Buffer(repeating: 0, count: bankCount),
      shifted: Buffer(repeating: 0, count: shifts ? itemCount * shape.inputCount : 0),
      sums: Buffer(repeating: 0, count: shifts ? channels : 0))
  }

  func makeRecord() -> ConvolutionRecord<S> { convolution.makeRecord() }

  func prepare(_ parameters: Span<S>, state: Span<S>, into prepared: inout Prepared?) {
    if prepared == nil { prepared = empty() }
    let (workspace, spread, offsets) = (prepared!.workspace, prepared!.bank.all, prepared!.offsets.all)
    let weights = parameters.extracting(0..<weightCount)
    place(weights, in: spread)
    let bank = places == nil ? weights : spread.span
    convolution.prepare(bank, into: &prepared!.filters, workspace: workspace)
    if shifts { sumFilters(bank, into: offsets) }
  }

  private func empty() -> Prepared {
    let zeros = Buffer<S>(repeating: 0, count: shape.kernelCount)
    return Prepared(
      filters: convolution.prepare(zeros.all.span), workspace: convolution.makeWorkspace(),
      bank: Buffer(repeating: 0, count: bankCount), offsets: Buffer(repeating: 0, count: shifts ? channels : 0))
  }

  /// Writes the learned kernels to their places in the bank.
  private func place(_ weights: Span<S>, in bank: UnsafeMutableBufferPointer<S>) {
    weights.withUnsafeBufferPointer { weights in
      for (pair, place) in (places ?? []).enumerated() {
        (bank.baseAddress! + place * kernelArea).update(
          from: weights.baseAddress! + pair * kernelArea, count: kernelArea)
      }
    }
  }

  /// v·Σk of each filter.
  private func sumFilters(_ bank: Span<S>, into sums: UnsafeMutableBufferPointer<S>) {
    sums.update(repeating: 0)
    bank.withUnsafeBufferPointer {
      S.layerFunctions.channels.biasGradient(
        1, channels, shape.kernelCount / channels, $0.baseAddress!, sums.baseAddress!)
    }
    S.axpy(paddingValue - 1, UnsafeBufferPointer(sums), sums)
  }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    withShifted(input, memory.scratch) {
      convolution.forward(
        $0, memory.prepared.filters, into: &output, record: memory.record, workspace: memory.scratch.workspace)
    }
    output.withUnsafeMutableBufferPointer { output in
      if shifts { add(memory.prepared.offsets.all.baseAddress!, count, .channel, to: output) }
      parameters.withUnsafeBufferPointer { add($0.baseAddress! + weightCount, count, bias, to: output) }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    convolution.gradientInput(
      outputGradient, memory.prepared.filters, into: &inputGradient, workspace: memory.scratch.workspace)
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    withBankGradient(&gradient, outputGradient, count, memory.scratch) { bankGradient in
      withShifted(input, memory.scratch) {
        convolution.gradientKernel(
          $0, outputGradient, addingTo: &bankGradient, record: memory.record, workspace: memory.scratch.workspace)
      }
    }
  }

  func gradients(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>, addingTo gradient: inout MutableSpan<S>
  ) {
    inputGradient.withUnsafeMutableBufferPointer { inputGradient in
      var target = inputGradient.mutableSpan
      withBankGradient(&gradient, outputGradient, count, memory.scratch) { bankGradient in
        withShifted(input, memory.scratch) {
          convolution.gradients(
            outputGradient, input: $0, memory.prepared.filters, into: &target, addingTo: &bankGradient,
            record: memory.record, workspace: memory.scratch.workspace)
        }
      }
    }
  }

  /// Calls `body` with x − v.
  private func withShifted(_ input: Span<S>, _ scratch: Scratch, _ body: (Span<S>) -> Void) {
    guard shifts else { return body(input) }
    let shifted = scratch.shifted[0..<input.count]
    input.withUnsafeBufferPointer { _ = shifted.update(fromContentsOf: $0) }
    withUnsafePointer(to: -paddingValue) {
      S.layerFunctions.channels.addBias(1, 1, shifted.count, $0, shifted.baseAddress!)
    }
    body(shifted.span)
  }

  /// Calls `body` with what the gradient of the whole bank is added to, and adds the biases' part.
  private func withBankGradient(
    _ gradient: inout MutableSpan<S>, _ outputGradient: Span<S>, _ count: Int, _ scratch: Scratch,
    _ body: (inout MutableSpan<S>) -> Void
  ) {
    gradient.withUnsafeMutableBufferPointer { gradient in
      let bank =
        places == nil ? UnsafeMutableBufferPointer(rebasing: gradient[..<weightCount]) : scratch.bankGradient.all
      if places != nil { bank.update(repeating: 0) }
      var bankGradient = bank.mutableSpan
      body(&bankGradient)
      outputGradient.withUnsafeBufferPointer { outputGradient in
        if shifts { addShift(outputGradient, count, scratch, to: bank) }
        if places != nil { collect(bank, into: gradient.baseAddress!) }
        addSums(outputGradient, count, bias, to: gradient.baseAddress! + weightCount)
      }
    }
  }

  /// Adds v·Σ dy to every weight of a filter.
  private func addShift(
    _ outputGradient: UnsafeBufferPointer<S>, _ count: Int, _ scratch: Scratch, to bank: UnsafeMutableBufferPointer<S>
  ) {
    let sums = scratch.sums.all
    sums.update(repeating: 0)
    addSums(outputGradient, count, .channel, to: sums.baseAddress!)
    S.axpy(paddingValue - 1, UnsafeBufferPointer(sums), sums)
    S.layerFunctions.channels.addBias(
      1, channels, shape.kernelCount / channels, sums.baseAddress!, bank.baseAddress!)
  }

  /// Adds the gradients of the learned kernels to theirs.
  private func collect(_ bank: UnsafeMutableBufferPointer<S>, into gradient: UnsafeMutablePointer<S>) {
    for (pair, place) in (places ?? []).enumerated() {
      S.axpy(
        1, UnsafeBufferPointer(rebasing: bank[place * kernelArea..<(place + 1) * kernelArea]),
        UnsafeMutableBufferPointer(start: gradient + pair * kernelArea, count: kernelArea))
    }
  }

  private func add(
    _ biases: UnsafePointer<S>, _ count: Int, _ sharing: BiasSharing, to output: UnsafeMutableBufferPointer<S>
  ) {
    switch sharing {
    case .none: break
    case .channel: S.layerFunctions.channels.addBias(count, channels, positions, biases, output.baseAddress!)
    case .unit: S.layerFunctions.channels.addBias(count, channels * positions, 1, biases, output.baseAddress!)
    }
  }

  private func addSums(
    _ outputGradient: UnsafeBufferPointer<S>, _ count: Int, _ sharing: BiasSharing, to sums: UnsafeMutablePointer<S>
  ) {
    let base = outputGradient.baseAddress!
    switch sharing {
    case .none: break
    case .channel: S.layerFunctions.channels.biasGradient(count, channels, positions, base, sums)
    case .unit: S.layerFunctions.channels.biasGradient(count, channels * positions, 1, base, sums)
    }
  }
}
