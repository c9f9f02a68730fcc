internal import CKernels
internal import Parallel
internal import Tensors

extension Im2colConvolution {
  /// The positions that one product takes: those from `first` on of one image, or all of several.
  struct Block {
    let index: Int
    let images: Range<Int>
    let first: Int
    let columns: Int
  }

  /// The blocks of so many images.
  func blockCount(_ images: Int) -> Int { (images + imagesOfGroup - 1) / imagesOfGroup * blocksOfImage }

  /// The parts that blocks are shared out in, decided by their number alone.
  func partCount(_ blocks: Int) -> Int { min(blocks, Self.mostParts) }

  /// A block of a group of images.
  func block(_ images: Range<Int>, _ index: Int) -> Block {
    let first = index * positionsOfBlock
    return Block(
      index: images.lowerBound / imagesOfGroup * blocksOfImage + index, images: images, first: first,
      columns: images.count * min(positionsOfBlock, shape.positionCount - first))
  }

  /// Shares blocks among threads, in parts of neighbours.
  func forEachPart(
    of blocks: Int, _ workspace: ConvolutionWorkspace<S>,
    _ body: @Sendable (_ part: Int, _ blocks: Range<Int>, _ scratch: UnsafeMutablePointer<S>) -> Void
  ) {
    let parts = partCount(blocks)
    workspace.reserve(workers: ThreadPool.current.workerCount)
    parallelFor(parts) { part, worker in
      body(
        part, part * blocks / parts..<(part + 1) * blocks / parts, workspace.worker(worker).scratch(taskScratchCount))
    }
  }

  /// Calls `body` with blocks and the matrix of the windows of each.
  func forEachMatrix(
    _ blocks: Range<Int>, of input: ImageBatch<S>, isTransposed: Bool = false, _ scratch: UnsafeMutablePointer<S>,
    _ body: (Block, MatrixOperand<S>) -> Void
  ) {
    let matrix = scratch + imagesOfGroup * image.count
    for index in blocks {
      let first = index / blocksOfImage * imagesOfGroup
      let block = self.block(first..<min(first + imagesOfGroup, input.count), index % blocksOfImage)
      if isItsOwnMatrix {
        body(
          block,
          MatrixOperand(input[first] + block.first, rowStride: shape.positionCount, isTransposed: isTransposed))
        continue
      }
      if index == blocks.lowerBound || block.first == 0 {
        image.extend(input[block.images], into: scratch)
      }
      gather(block, from: scratch, into: matrix)
      body(block, MatrixOperand(matrix, rowStride: block.columns, isTransposed: isTransposed))
    }
  }

  private func gather(_ block: Block, from extended: UnsafePointer<S>, into matrix: UnsafeMutablePointer<S>) {
    let count = block.columns / block.images.count
    withUnsafePointer(to: shape.correlation) { correlation in
      for index in 0..<block.images.count {
        S.spectralFunctions.loops.gatherColumns(
          correlation, extended + index * image.count, block.first, count, matrix + index * count, block.columns)
      }
    }
  }

  /// Adds the columns of a block to its extended images.
  func scatter(_ matrix: UnsafePointer<S>, _ block: Block, into extended: UnsafeMutablePointer<S>) {
    let count = block.columns / block.images.count
    withUnsafePointer(to: shape.correlation) { correlation in
      for index in 0..<block.images.count {
        S.spectralFunctions.loops.scatterColumns(
          correlation, matrix + index * count, block.columns, block.first, count, extended + index * image.count)
      }
    }
  }

  /// The outputs of a block as a matrix `[F, columns]`, copied together where they are those of several images.
  func outputs(
    _ outputs: ImageBatch<S>, _ block: Block, _ scratch: UnsafeMutablePointer<S>
  ) -> MatrixOperand<S> {
    guard block.images.count > 1 else {
      return MatrixOperand(outputs[block.images.lowerBound] + block.first, rowStride: shape.positionCount)
    }
    let positions = shape.positionCount
    for (place, index) in block.images.enumerated() {
      for filter in 0..<shape.outputChannels {
        (scratch + filter * block.columns + place * positions).update(
          from: outputs[index] + filter * positions, count: positions)
      }
    }
    return MatrixOperand(scratch, rowStride: block.columns)
  }

  /// Copies a matrix `[F, columns]` to the outputs of several images.
  func spread(_ matrix: UnsafePointer<S>, into outputs: MutableImageBatch<S>) {
    let positions = shape.positionCount
    for place in 0..<outputs.count {
      for filter in 0..<shape.outputChannels {
        (outputs[place] + filter * positions).update(
          from: matrix + (filter * outputs.count + place) * positions, count: positions)
      }
    }
  }
}
