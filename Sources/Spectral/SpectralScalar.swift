public import Tensors

/// A precision that transforms and convolutions exist in: `Float` and `Double`.
public protocol SpectralScalar: Scalar {
  /// FFTW and the C loops of this precision.
  static var spectralFunctions: SpectralFunctions<Self> { get }
}

/// What a precision brings along for transforms and convolutions; opaque outside this module.
public final class SpectralFunctions<S: Scalar>: Sendable {
  let transforms: TransformLibrary<S>
  let loops: ConvolutionLoops<S>
  let tiles: TileLoops<S>
  let banks: BankLoops<S>
  let lanes: LaneLoops<S>

  init(
    transforms: TransformLibrary<S>, loops: ConvolutionLoops<S>, tiles: TileLoops<S>, banks: BankLoops<S>,
    lanes: LaneLoops<S>
  ) {
    self.transforms = transforms
    self.loops = loops
    self.tiles = tiles
    self.banks = banks
    self.lanes = lanes
  }
}
