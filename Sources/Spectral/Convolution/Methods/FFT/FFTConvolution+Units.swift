internal import Parallel
internal import Tensors

extension FFTConvolution {
  /// The spectra of images, each pair balanced.
  func analyzeImages(
    _ input: ImageBatch<S>, _ units: Range<Int>, into spectra: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    for unit in units {
      var pair = pair(unit, input)
      pair.factor = pair.balance(count: shape.inputCount)
      if let image {
        image.extend(pair.first, into: scratch)
        pair.first = UnsafePointer(scratch)
        if let second = pair.second {
          image.extend(second, into: scratch + image.count)
          pair.second = UnsafePointer(scratch + image.count)
        }
      }
      images.analyze(pair, into: spectra + (unit - units.lowerBound) * images.numberCount, scratch + extended)
    }
  }

  /// The spectra of gradients of outputs, balanced for the gradient of the images, or such that each image counts the same
  /// in the gradient of the bank.
  func analyzeGradients(
    _ gradient: ImageBatch<S>, _ units: Range<Int>, for images: ImageBatch<S>?,
    into spectra: UnsafeMutablePointer<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    for unit in units {
      var pair = pair(unit, gradient)
      pair.factor = factor(unit, gradient, for: images)
      outputs.analyze(pair, into: spectra + (unit - units.lowerBound) * outputs.numberCount, scratch + extended)
    }
  }

  /// The factor of the second of two gradients.
  func factor(_ unit: Int, _ gradient: ImageBatch<S>, for images: ImageBatch<S>?) -> S {
    guard let images else { return pair(unit, gradient).balance(count: shape.outputCount) }
    return 1 / pair(unit, images).balance(count: shape.inputCount)
  }

  func pair(_ unit: Int, _ batch: ImageBatch<S>) -> ImagePair<S> {
    let first = unit * imagesOfUnit
    return ImagePair(
      first: batch[first], second: imagesOfUnit == 2 && first + 1 < batch.count ? batch[first + 1] : nil)
  }

  func pair(_ unit: Int, _ batch: MutableImageBatch<S>) -> MutableImagePair<S> {
    let first = unit * imagesOfUnit
    return MutableImagePair(
      first: batch[first], second: imagesOfUnit == 2 && first + 1 < batch.count ? batch[first + 1] : nil)
  }

  /// Shares units among threads in tasks of a size that the shape decides.
  func forEachTask(
    _ units: Range<Int>, _ workspace: ConvolutionWorkspace<S>,
    _ body: @Sendable (Range<Int>, UnsafeMutablePointer<S>) -> Void
  ) {
    let size = tasks.size(of: units.count)
    let scratchCount = taskScratchCount(units: size)
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor((units.count + size - 1) / size) { task, worker in
      let first = units.lowerBound + task * size
      body(first..<min(first + size, units.upperBound), workspace.worker(worker).scratch(scratchCount))
    }
  }

  func forEachKernel(
    _ workspace: ConvolutionWorkspace<S>, _ body: @Sendable (Int, UnsafeMutablePointer<S>) -> Void
  ) {
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(shape.outputChannels * shape.inputChannels) { index, worker in
      body(index, workspace.worker(worker).scratch(taskScratchCount(units: 1)))
    }
  }
}

/// The loop over the kernels of a bank whose spectra are made.
///
/// `Sendable` because the kernels are only read, and each spectrum is written by one index.
struct KernelAnalysis<S: SpectralScalar>: LoopBody, @unchecked Sendable {
  let convolution: FFTConvolution<S>
  let kernel: UnsafePointer<S>
  let prepared: UnsafeMutablePointer<S>
  let workspace: ConvolutionWorkspace<S>

  func callAsFunction(_ index: Int, _ worker: Int) {
    let scratch = workspace.worker(worker).scratch(convolution.taskScratchCount(units: 1))
    convolution.analyze(kernel, index, into: prepared, scratch)
  }
}
