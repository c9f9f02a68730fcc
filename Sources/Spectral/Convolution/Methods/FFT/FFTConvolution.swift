internal import CKernels
internal import Parallel
internal import Tensors

/// Products of spectra on a periodic grid.
///
/// With x̂, k̂ the transforms of image and kernel as ``SpectralGrid`` lays them out: ŷ_f = Σ_c x̂_c·k̂*_fc, the adjoints are
/// x̂'_c = Σ_f ŷ'_f·k̂_fc and k̂'_fc = Σ_n x̂_nc·ŷ'*_nf; at each frequency that is a matrix product. A forward pass may keep the
/// spectra of its images for the gradient of the bank, and both gradients share those of ∂L/∂y.
///
/// The spectra of images lie one after the other; those of the bank and of its gradient are interleaved,
/// `[block of frequencies, f, c]`, so that the product in a block reads one piece of memory.
///
/// Source: M. Mathieu, M. Henaff, Y. LeCun, *Fast training of convolutional networks through FFTs*, ICLR 2014.
struct FFTConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  let shape: ConvolutionShape
  let grid: SpectralGrid
  let image: Extension<S>?
  let images: PlaneSpectra<S>
  let outputs: PlaneSpectra<S>
  let kernels: SpectrumTransform<S>
  let tasks: SpectrumTasks

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    self.shape = shape
    grid = SpectralGrid(shape, boundary)
    image = grid.isExtended ? Extension(shape, boundary) : nil
    let phases = (0..<grid.phaseCount).map(grid.imageItems)
    tasks = SpectrumTasks(grid.size, channels: shape.inputChannels * phases.count, filters: shape.outputChannels)
    images = PlaneSpectra(
      grid.size, channels: shape.inputChannels, planeStride: image?.planeCount ?? shape.inputHeight * shape.inputWidth,
      phases: phases, tasks)
    outputs = PlaneSpectra(
      grid.size, channels: shape.outputChannels, planeStride: shape.positionCount, phases: [grid.outputItems], tasks)
    kernels = SpectrumTransform(grid.size, rows: grid.size.height)
  }

  /// The rows and columns of the grid; with a stride, of that of one of strideY·strideX phases.
  static func gridSize(_ shape: ConvolutionShape, _ boundary: Boundary) -> (height: Int, width: Int) {
    SpectralGrid.size(shape, boundary)
  }

  var imagesOfUnit: Int { kernels.imagesOfUnit }
  var bankCount: Int { images.count * outputs.count }
  /// The numbers from one block of the bank to the next, an odd number of blocks for the reason that spectra have.
  var bankStride: Int { (bankCount | 1) * blockSize }
  var blockSize: Int { SpectrumTransform<S>.blockSize }
  var extended: Int { imagesOfUnit * (image?.count ?? 0) }

  /// The most units of a task.
  var unitsOfTask: Int { tasks.most }
  /// The units whose spectra are kept until the gradient of the bank is summed over them.
  var unitsOfChunk: Int {
    max(unitsOfTask, (1 << 23) / (images.numberCount + outputs.numberCount) / unitsOfTask * unitsOfTask)
  }
  /// The scratch memory of a task of so many units, or of one kernel.
  func taskScratchCount(units: Int) -> Int {
    extended + kernels.scratchCount + max(units * (images.numberCount + outputs.numberCount), kernels.stride)
  }

  var preparedCount: Int { kernels.blockCount * bankStride }

  func recordCount(images count: Int) -> Int { unitCount(count) * images.numberCount }

  func scratchCount(images count: Int, workers: Int) -> Int {
    let units = min(unitCount(count), unitsOfChunk)
    return workers * taskScratchCount(units: min(units, unitsOfTask)) + units
      * (images.numberCount + outputs.numberCount) + preparedCount
  }

  private func unitCount(_ count: Int) -> Int { (count + imagesOfUnit - 1) / imagesOfUnit }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(
      shape.outputChannels * shape.inputChannels,
      KernelAnalysis(convolution: self, kernel: kernel, prepared: prepared, workspace: workspace))
  }

  /// Writes the spectrum of one kernel to its place in the bank.
  func analyze(
    _ kernel: UnsafePointer<S>, _ index: Int, into prepared: UnsafeMutablePointer<S>,
    _ scratch: UnsafeMutablePointer<S>
  ) {
    let weights = kernel + index * shape.kernelHeight * shape.kernelWidth
    for phase in 0..<grid.phaseCount {
      let place = prepared + (index * grid.phaseCount + phase) * blockSize
      let spectrum = bankCount == 1 ? place : scratch + kernels.scratchCount
      kernels.analyze(weights, grid, phase: phase, into: spectrum, scratch)
      guard bankCount > 1 else { continue }
      S.spectralFunctions.banks.copyBlocks(kernels.blockCount, spectrum, blockSize, place, bankStride)
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (kernel, record) = (kernel, record)
    forEachTask(0..<unitCount(input.count), workspace) { units, scratch in
      let own = scratch + extended + kernels.scratchCount
      let spectra = record.map { $0 + units.lowerBound * images.numberCount } ?? own
      let product = bankCount == 1 && record == nil ? own : own + units.count * images.numberCount
      analyzeImages(input, units, into: spectra, scratch)
      multiply(forwardProduct(units.count), spectra, kernel, into: product)
      for unit in units {
        var target = pair(unit, output)
        target.factor = pair(unit, input).balance(count: shape.inputCount)
        outputs.synthesize(
          product + (unit - units.lowerBound) * outputs.numberCount, into: target, scratch + extended)
      }
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let total = unitCount(outputGradient.count)
    let capacity = min(total, unitsOfChunk)
    let needsImages = toKernel != nil && toKernel?.record == nil
    let memory = workspace.scratch(
      capacity * (outputs.numberCount + (needsImages ? images.numberCount : 0)) + (toKernel == nil ? 0 : preparedCount))
    // Written in parts that do not overlap.
    nonisolated(unsafe) let gradients = memory
    nonisolated(unsafe) let spectra = memory + capacity * outputs.numberCount
    let sums = spectra + (needsImages ? capacity * images.numberCount : 0)
    for first in stride(from: 0, to: total, by: unitsOfChunk) {
      let chunk = first..<min(first + unitsOfChunk, total)
      forEachTask(chunk, workspace) { units, scratch in
        let own = gradients + (units.lowerBound - first) * outputs.numberCount
        analyzeGradients(outputGradient, units, for: toKernel?.input, into: own, scratch)
        if let toInput { gradientInput(toInput, outputGradient, own, for: toKernel?.input, units, scratch) }
        if needsImages, let toKernel {
          analyzeImages(
            toKernel.input, units, into: spectra + (units.lowerBound - first) * images.numberCount, scratch)
        }
      }
      if let toKernel {
        let kept = toKernel.record.map { $0 + first * images.numberCount } ?? UnsafePointer(spectra)
        multiply(kernelProduct(chunk.count, adds: first > 0), kept, gradients, into: sums)
      }
    }
    if let toKernel { collect(sums, addingTo: toKernel.target, workspace) }
  }

  /// Carries gradients back to the images, from spectra that were made for the gradient of the bank if they suit.
  private func gradientInput(
    _ target: InputGradient<S>, _ gradient: ImageBatch<S>, _ spectra: UnsafePointer<S>, for input: ImageBatch<S>?,
    _ units: Range<Int>, _ scratch: UnsafeMutablePointer<S>
  ) {
    let product = scratch + extended + kernels.scratchCount
    let spare = product + units.count * images.numberCount
    let isBalanced = units.allSatisfy { factor($0, gradient, for: nil) == factor($0, gradient, for: input) }
    if !isBalanced { analyzeGradients(gradient, units, for: nil, into: spare, scratch) }
    multiply(
      adjointProduct(units.count), isBalanced ? spectra : UnsafePointer(spare), target.kernel, into: product)
    for unit in units {
      var place = pair(unit, target.target)
      place.factor = factor(unit, gradient, for: nil)
      synthesizeImages(product + (unit - units.lowerBound) * images.numberCount, into: place, scratch)
    }
  }

  private func synthesizeImages(
    _ spectra: UnsafeMutablePointer<S>, into pair: MutableImagePair<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    guard let image else { return images.synthesize(spectra, into: pair, scratch + extended) }
    let copies = MutableImagePair(
      first: scratch, second: pair.second.map { _ in scratch + image.count }, factor: pair.factor)
    images.synthesize(spectra, into: copies, scratch + extended)
    image.fold(scratch, into: pair.first)
    if let second = pair.second { image.fold(scratch + image.count, into: second) }
  }

  private func collect(
    _ sums: UnsafePointer<S>, addingTo target: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (sums, target) = (sums, target)
    forEachKernel(workspace) { index, scratch in
      let spectrum = scratch + kernels.scratchCount
      for phase in 0..<grid.phaseCount {
        S.spectralFunctions.banks.copyBlocks(
          kernels.blockCount, sums + (index * grid.phaseCount + phase) * blockSize, bankStride, spectrum,
          blockSize)
        kernels.synthesize(
          spectrum, grid, phase: phase, addingTo: target + index * shape.kernelHeight * shape.kernelWidth, scratch)
      }
    }
  }
}
