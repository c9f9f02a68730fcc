internal import Parallel
internal import Tensors

/// The groups of a bank, each by the same algorithm on its part of the channels and filters.
///
/// Where there are as many groups as threads the groups are shared among them, otherwise each group's own work is.
struct GroupedConvolution<Part: ConvolutionAlgorithm>: ConvolutionAlgorithm {
  typealias S = Part.S

  private let shape: ConvolutionShape
  private let part: Part
  private let channels: Int
  private let filters: Int

  /// Divides a shape into its groups.
  ///
  /// - Parameters:
  ///   - shape: The sizes of all groups together.
  ///   - part: What computes one group, `shape.ofGroup`.
  init(_ shape: ConvolutionShape, _ part: Part) {
    self.shape = shape
    self.part = part
    channels = shape.inputChannels / shape.groups * shape.inputHeight * shape.inputWidth
    filters = shape.outputChannels / shape.groups * shape.positionCount
  }

  private var preparedOfPart: Int { aligned(part.preparedCount) }
  private var weightsOfPart: Int { shape.kernelCount / shape.groups }

  var meetsSamples: Bool { part.meetsSamples }
  var preparedCount: Int { shape.groups * preparedOfPart }
  func recordCount(images: Int) -> Int { shape.groups * part.recordCount(images: images) }

  func scratchCount(images: Int, workers: Int) -> Int {
    shape.groups >= workers
      ? workers * part.scratchCount(images: images, workers: 1) : part.scratchCount(images: images, workers: workers)
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (kernel, prepared) = (kernel, prepared)
    forEachGroup(workspace) { group, workspace in
      part.prepare(kernel + group * weightsOfPart, into: prepared + group * preparedOfPart, workspace)
    }
  }

  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (kernel, record) = (kernel, record)
    forEachGroup(workspace) { group, workspace in
      part.forward(
        input.offset(by: group * channels), kernel + group * preparedOfPart, into: output.offset(by: group * filters),
        record: record.map { $0 + group * part.recordCount(images: input.count) }, workspace)
    }
  }

  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    forEachGroup(workspace) { group, workspace in
      part.backward(
        outputGradient.offset(by: group * filters),
        toInput: toInput.map {
          InputGradient(
            kernel: $0.kernel + group * preparedOfPart, target: $0.target.offset(by: group * channels))
        },
        toKernel: toKernel.map { gradient in
          KernelGradient(
            input: gradient.input.offset(by: group * channels),
            record: gradient.record.map { $0 + group * part.recordCount(images: outputGradient.count) },
            target: gradient.target + group * weightsOfPart)
        }, workspace)
    }
  }

  private func forEachGroup(
    _ workspace: ConvolutionWorkspace<S>, _ body: @Sendable (Int, ConvolutionWorkspace<S>) -> Void
  ) {
    guard shape.groups >= ThreadPool.current.workerCount else {
      for group in 0..<shape.groups { body(group, workspace) }
      return
    }
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(shape.groups) { group, worker in body(group, workspace.worker(worker)) }
  }
}
