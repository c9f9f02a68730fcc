internal import CKernels
internal import Parallel
internal import Tensors

/// Winograd's minimal filtering F(m×m, 3×3) with m = 2 or 4: m² outputs by (m + 2)² multiplications instead of 9·m².
///
/// y = Aᵀ[(G k Gᵀ) ⊙ (Bᵀ x B)]A of each tile of m×m outputs, which sees (m + 2)² samples. Over channels and filters the
/// products are (m + 2)² products of matrices `[F, C]·[C, tiles]`, made in blocks of tiles that stay in cache. The gradients
/// are the exact adjoints: x' = B[(G k Gᵀ) ⊙ (A y' Aᵀ)]Bᵀ, added where tiles overlap, and
/// k' = Gᵀ[Σ (Bᵀ x B) ⊙ (A y' Aᵀ)]G; both share A y' Aᵀ.
///
/// Source: A. Lavin, S. Gray, *Fast algorithms for convolutional neural networks*, CVPR 2016.
struct WinogradConvolution<S: SpectralScalar>: ConvolutionAlgorithm {
  let shape: ConvolutionShape
  let tiling: WinogradTiling
  let images: TiledPlanes<S>
  let outputs: TiledPlanes<S>

  /// Plans for 3×3 kernels.
  ///
  /// - Parameters:
  ///   - shape: The sizes, of one group.
  ///   - boundary: What the padding consists of.
  ///   - tile: m, 2 or 4; when left out, the one of fewer multiplications.
  /// - Throws: ``InputError`` for another kernel, stride or dilation.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, tile: Int? = nil) throws(InputError) {
    guard shape.kernelHeight == 3 && shape.kernelWidth == 3 && shape.hasUnitStride && shape.hasUnitDilation else {
      throw InputError(
        "convolution",
        "the method 'winograd' expects a 3×3 kernel, stride 1 and dilation 1, found \(shape.kernelHeight)×"
          + "\(shape.kernelWidth), stride \(shape.strideY)×\(shape.strideX), dilation \(shape.dilationY)×"
          + "\(shape.dilationX)", remedy: "Use the method 'im2col', 'direct' or 'fft'.")
    }
    self.shape = shape
    tiling = WinogradTiling(shape, tile: tile ?? Self.tile(shape))
    images = try TiledPlanes(imagesOf: shape, boundary, tiling)
    outputs = try TiledPlanes(outputsOf: shape, tiling)
  }

  /// The outputs along each side of a tile: 4 unless so many tiles reach beyond a small image that 2 multiplies less.
  static func tile(_ shape: ConvolutionShape) -> Int {
    func products(_ tile: Int) -> Int {
      let tiles = ((shape.outputHeight + tile - 1) / tile) * ((shape.outputWidth + tile - 1) / tile)
      return tiles * (tile + 2) * (tile + 2)
    }
    return products(4) < products(2) ? 4 : 2
  }

  /// The matrices of a product, (m + 2)².
  var matrixCount: Int { (tiling.tile + 2) * (tiling.tile + 2) }
  /// The weights of the bank in each of them.
  var bankCount: Int { shape.outputChannels * shape.inputChannels }
  /// The groups of images whose transforms are kept until the gradient of the bank is summed over them.
  var groupsOfChunk: Int { max(4, (1 << 23) / (tiling.bandCount * blockCount)) }
  /// The numbers of a block's matrices of samples and of outputs.
  var blockCount: Int { images.matrixCount + outputs.matrixCount }

  var preparedCount: Int { matrixCount * bankCount }

  func recordCount(images count: Int) -> Int {
    tiling.groupCount(images: count) * tiling.bandCount * images.matrixCount
  }

  func scratchCount(images count: Int, workers: Int) -> Int {
    let groups = tiling.groupCount(images: count)
    let group = images.scratchCount + outputs.scratchCount
    let kept = min(groups, groupsOfChunk) * tiling.bandCount * blockCount
    return min(groups, workers) * group + workers * blockCount + kept + preparedCount
  }

  func prepare(
    _ kernel: UnsafePointer<S>, into prepared: UnsafeMutablePointer<S>, _ workspace: ConvolutionWorkspace<S>
  ) {
    S.spectralFunctions.banks.winogradWeights(tiling.tile, bankCount, kernel, prepared)
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func forward(
    _ input: ImageBatch<S>, _ kernel: UnsafePointer<S>, into output: MutableImageBatch<S>,
    record: UnsafeMutablePointer<S>?, _ workspace: ConvolutionWorkspace<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (kernel, record) = (kernel, record)
    forEachGroup(0..<tiling.groupCount(images: input.count), workspace) { group, space in
      let range = tiling.group(group, of: input.count)
      let scratch = space.scratch(images.scratchCount + outputs.scratchCount)
      // Read only, or written in bands that do not overlap.
      nonisolated(unsafe) let samples = images.extended(input[range], scratch)
      nonisolated(unsafe) let target = outputs.target(output[range], scratch + images.scratchCount, clears: false)
      forEachBand(space) { band, block in
        let kept = record.map { $0 + (group * tiling.bandCount + band) * images.matrixCount } ?? block
        let product = block + images.matrixCount
        var tiles = images.tiles(band: band, images: range.count, imageStride: input.stride)
        S.spectralFunctions.banks.winogradSamples(&tiles, samples + images.offset(band: band), kept)
        multiply(kernel, kept, into: product, tiles: tiles.count)
        tiles = outputs.tiles(band: band, images: range.count, imageStride: output.stride)
        S.spectralFunctions.banks.winogradOutputs(&tiles, product, target + outputs.offset(band: band))
      }
      outputs.fold(target, into: output[range])
    }
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func backward(
    _ outputGradient: ImageBatch<S>, toInput: InputGradient<S>?, toKernel: KernelGradient<S>?,
    _ workspace: ConvolutionWorkspace<S>
  ) {
    let total = tiling.groupCount(images: outputGradient.count)
    let blocks = min(total, groupsOfChunk) * tiling.bandCount
    let needsImages = toKernel != nil && toKernel?.record == nil
    let memory = workspace.scratch(
      blocks * (outputs.matrixCount + (needsImages ? images.matrixCount : 0)) + (toKernel == nil ? 0 : preparedCount))
    let gradients = memory
    let samples = memory + blocks * outputs.matrixCount
    let sums = samples + (needsImages ? blocks * images.matrixCount : 0)
    for first in stride(from: 0, to: total, by: groupsOfChunk) {
      let groups = first..<min(first + groupsOfChunk, total)
      transform(outputGradient, groups, into: gradients, toInput: toInput, workspace)
      if needsImages, let toKernel { transform(images: toKernel.input, groups, into: samples, workspace) }
      if let toKernel {
        let kept = toKernel.record.map { $0 + first * tiling.bandCount * images.matrixCount } ?? UnsafePointer(samples)
        sum(gradients, kept, groups, images: outputGradient.count, adds: first > 0, into: sums)
      }
    }
    if let toKernel {
      S.spectralFunctions.banks.winogradWeightsAdjoint(tiling.tile, bankCount, sums, toKernel.target)
    }
  }
}
