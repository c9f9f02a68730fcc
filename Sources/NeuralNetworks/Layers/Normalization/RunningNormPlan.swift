internal import CKernels

/// A batch normalization in evaluation: each channel is shifted and scaled by what training has left.
struct RunningNormPlan<S: NetworkScalar>: MappingPlan {
  let normalization: BatchNormalization
  let size: Int

  typealias Record = Void

  /// The running means, then the running variances.
  typealias Prepared = Buffer<Double>

  private var channels: Int { normalization.channels }
  private var loops: NormalizationLoops<S> { S.layerFunctions.normalization }

  func prepare(_ parameters: Span<S>, state: Span<S>, into prepared: inout Buffer<Double>?) {
    let statistics = prepared ?? Buffer(repeating: 0, count: 2 * channels)
    let numbers = statistics.all
    for index in numbers.indices { numbers[index] = Double(state[index]) }
    prepared = statistics
  }

  /// Sums over each channel.
  func makeScratch() -> Buffer<Double> { Buffer(repeating: 0, count: 2 * channels) }

  func forward(
    _ input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into output: inout MutableSpan<S>
  ) {
    input.withUnsafeBufferPointer { x in
      parameters.withUnsafeBufferPointer { weight in
        output.withUnsafeMutableBufferPointer {
          loops.apply(
            planes(count), measured(memory.prepared), x.baseAddress!, weight.baseAddress!,
            weight.baseAddress! + channels, $0.baseAddress!)
        }
      }
    }
  }

  func inputGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    into inputGradient: inout MutableSpan<S>
  ) {
    let zeros = memory.scratch.all
    zeros.update(repeating: 0)
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        parameters.withUnsafeBufferPointer { weight in
          inputGradient.withUnsafeMutableBufferPointer {
            loops.gradient(
              planes(count), measured(memory.prepared), zeros.baseAddress!, zeros.baseAddress! + channels,
              dy.baseAddress!, x.baseAddress!, weight.baseAddress!, $0.baseAddress!)
          }
        }
      }
    }
  }

  func parameterGradient(
    _ outputGradient: Span<S>, input: Span<S>, count: Int, parameters: Span<S>, _ memory: MappingMemory<Self>,
    addingTo gradient: inout MutableSpan<S>
  ) {
    let sums = memory.scratch.all
    outputGradient.withUnsafeBufferPointer { dy in
      input.withUnsafeBufferPointer { x in
        gradient.withUnsafeMutableBufferPointer {
          let (statistics, products) = (measured(memory.prepared), sums.baseAddress! + channels)
          loops.sums(
            planes(count), statistics, dy.baseAddress!, x.baseAddress!, sums.baseAddress!, products)
          loops.parameterGradient(
            channels, statistics, sums.baseAddress!, products, $0.baseAddress!, $0.baseAddress! + channels)
        }
      }
    }
  }

  private func planes(_ count: Int) -> kernel_channels {
    kernel_channels(count: count, channels: channels, size: size)
  }

  private func measured(_ statistics: Buffer<Double>) -> kernel_statistics {
    kernel_statistics(
      mean: statistics.all.baseAddress!, variance: statistics.all.baseAddress! + channels,
      epsilon: normalization.epsilon)
  }
}
