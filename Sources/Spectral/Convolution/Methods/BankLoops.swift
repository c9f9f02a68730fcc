internal import CKernels
internal import Tensors

/// The C loops of banks on batches of images in one precision; `banks.h` and `winograd.h` say what each computes.
struct BankLoops<S: Scalar>: Sendable {
  typealias Source = UnsafePointer<S>
  typealias Target = UnsafeMutablePointer<S>
  typealias Items = UnsafePointer<grid_items>
  typealias Places = UnsafePointer<weight_places>
  typealias Tiles = UnsafePointer<winograd_tiles>

  let multiplyBanks: @Sendable (UnsafePointer<spectral_product>, Int, Int, Source, Source, Target) -> Void
  let packPair: @Sendable (Items, Source, Source?, S, Target) -> Void
  let unpackPair: @Sendable (Items, Source, S, S, Target, Target?) -> Void
  let packPlane: @Sendable (Items, Source, Target) -> Void
  let unpackPlane: @Sendable (Items, Source, S, Target) -> Void
  let placeWeights: @Sendable (Places, Source, Target) -> Void
  let collectWeights: @Sendable (Places, Source, S, Target) -> Void
  let copyBlocks: @Sendable (Int, Source, Int, Target, Int) -> Void
  let winogradSamples: @Sendable (Tiles, Source, Target) -> Void
  let winogradSamplesAdjoint: @Sendable (Tiles, Source, Target) -> Void
  let winogradOutputs: @Sendable (Tiles, Source, Target) -> Void
  let winogradOutputsAdjoint: @Sendable (Tiles, Source, Target) -> Void
  let winogradWeights: @Sendable (Int, Int, Source, Target) -> Void
  let winogradWeightsAdjoint: @Sendable (Int, Int, Source, Target) -> Void
}
