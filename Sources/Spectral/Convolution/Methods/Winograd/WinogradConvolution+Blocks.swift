internal import CKernels
internal import Parallel
internal import Tensors

extension WinogradConvolution {
  /// Shares groups of images among threads.
  func forEachGroup(
    _ groups: Range<Int>, _ workspace: ConvolutionWorkspace<S>,
    _ body: @Sendable (_ group: Int, _ space: ConvolutionWorkspace<S>) -> Void
  ) {
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(groups.count) { index, worker in body(groups.lowerBound + index, workspace.worker(worker)) }
  }

  /// Shares the bands of a group among threads, every other one first where neighbours add to the same samples.
  func forEachBand(
    _ space: ConvolutionWorkspace<S>, overlapping: Bool = false,
    _ body: @Sendable (_ band: Int, _ scratch: UnsafeMutablePointer<S>) -> Void
  ) {
    space.reserve(workers: ThreadPool.current.workerCount)
    let step = overlapping ? 2 : 1
    for first in 0..<step {
      parallelFor((tiling.bandCount - first + step - 1) / step) { index, worker in
        body(first + index * step, space.worker(worker).scratch(blockCount))
      }
    }
  }

  /// M = U·V in each matrix: `[F, C]·[C, tiles]`.
  func multiply(
    _ bank: UnsafePointer<S>, _ samples: UnsafePointer<S>, into product: UnsafeMutablePointer<S>, tiles: Int
  ) {
    for index in 0..<matrixCount {
      S.matrixMultiply(
        (shape.outputChannels, tiles, shape.inputChannels), alpha: 1,
        MatrixOperand(bank + index * bankCount, rowStride: shape.inputChannels),
        MatrixOperand(samples + index * shape.inputChannels * tiling.stride, rowStride: tiling.stride), beta: 0,
        into: MatrixResult(product + index * shape.outputChannels * tiling.stride, rowStride: tiling.stride))
    }
  }

  /// V' = Uᵀ·M' in each matrix: `[C, F]·[F, tiles]`.
  func multiplyTransposed(
    _ bank: UnsafePointer<S>, _ gradients: UnsafePointer<S>, into product: UnsafeMutablePointer<S>, tiles: Int
  ) {
    for index in 0..<matrixCount {
      S.matrixMultiply(
        (shape.inputChannels, tiles, shape.outputChannels), alpha: 1,
        MatrixOperand(bank + index * bankCount, rowStride: shape.inputChannels, isTransposed: true),
        MatrixOperand(gradients + index * shape.outputChannels * tiling.stride, rowStride: tiling.stride), beta: 0,
        into: MatrixResult(product + index * shape.inputChannels * tiling.stride, rowStride: tiling.stride))
    }
  }

  /// Bᵀ x B of the tiles of some groups, as a forward pass keeps it.
  func transform(
    images input: ImageBatch<S>, _ groups: Range<Int>, into samples: UnsafeMutablePointer<S>,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    // Written in parts that do not overlap.
    nonisolated(unsafe) let samples = samples
    forEachGroup(groups, workspace) { group, space in
      let range = tiling.group(group, of: input.count)
      // Only read.
      nonisolated(unsafe) let from = images.extended(input[range], space.scratch(images.scratchCount))
      let first = (group - groups.lowerBound) * tiling.bandCount
      forEachBand(space) { band, _ in
        var tiles = images.tiles(band: band, images: range.count, imageStride: input.stride)
        S.spectralFunctions.banks.winogradSamples(
          &tiles, from + images.offset(band: band), samples + (first + band) * images.matrixCount)
      }
    }
  }

  /// A y' Aᵀ of the tiles of some groups, carried back to the images where they are wanted.
  func transform(
    _ outputGradient: ImageBatch<S>, _ groups: Range<Int>, into gradients: UnsafeMutablePointer<S>,
    toInput: InputGradient<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Written in parts that do not overlap.
    nonisolated(unsafe) let gradients = gradients
    forEachGroup(groups, workspace) { group, space in
      let range = tiling.group(group, of: outputGradient.count)
      let scratch = space.scratch(outputs.scratchCount + images.scratchCount)
      // Only read.
      nonisolated(unsafe) let from = outputs.extended(outputGradient[range], scratch)
      let batch = toInput?.target[range]
      // Written in bands that do not overlap.
      nonisolated(unsafe) let target = batch.map { images.target($0, scratch + outputs.scratchCount, clears: true) }
      let first = (group - groups.lowerBound) * tiling.bandCount
      forEachBand(space, overlapping: toInput != nil) { band, block in
        let own = gradients + (first + band) * outputs.matrixCount
        var tiles = outputs.tiles(band: band, images: range.count, imageStride: outputGradient.stride)
        S.spectralFunctions.banks.winogradOutputsAdjoint(&tiles, from + outputs.offset(band: band), own)
        guard let toInput, let target else { return }
        multiplyTransposed(toInput.kernel, own, into: block, tiles: tiles.count)
        tiles = images.tiles(band: band, images: range.count, imageStride: toInput.target.stride)
        S.spectralFunctions.banks.winogradSamplesAdjoint(&tiles, block, target + images.offset(band: band))
      }
      if let batch, let target { images.fold(target, into: batch) }
    }
  }

  /// Sums M'·Vᵀ of some groups in each matrix, `[F, tiles]·[tiles, C]`: threads share the matrices, and each sums the
  /// blocks in their order.
  func sum(
    _ gradients: UnsafePointer<S>, _ samples: UnsafePointer<S>, _ groups: Range<Int>, images count: Int, adds: Bool,
    into sums: UnsafeMutablePointer<S>
  ) {
    // Only read, or written in parts that do not overlap.
    nonisolated(unsafe) let (gradients, samples, sums) = (gradients, samples, sums)
    let (filters, channels) = (shape.outputChannels, shape.inputChannels)
    parallelFor(matrixCount) { index in
      for block in 0..<groups.count * tiling.bandCount {
        let (group, band) = block.quotientAndRemainder(dividingBy: tiling.bandCount)
        let range = tiling.group(groups.lowerBound + group, of: count)
        let tiles = images.tiles(band: band, images: range.count, imageStride: 0).count
        let left = gradients + block * outputs.matrixCount + index * filters * tiling.stride
        let right = samples + block * images.matrixCount + index * channels * tiling.stride
        S.matrixMultiply(
          (filters, channels, tiles), alpha: 1, MatrixOperand(left, rowStride: tiling.stride),
          MatrixOperand(right, rowStride: tiling.stride, isTransposed: true), beta: adds || block > 0 ? 1 : 0,
          into: MatrixResult(sums + index * bankCount, rowStride: channels))
      }
    }
  }
}

extension winograd_tiles {
  /// The number of tiles.
  var count: Int { images * rows * columns }
}
