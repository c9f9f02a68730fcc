internal import Tensors

/// The memory in which one thread scatters as many images as a vector has lanes.
final class ScatteringWorkspace<S: SpectralScalar> {
  /// The map of each depth, real.
  let maps: [AlignedMemory<S>]
  /// Its half spectrum.
  let spectra: [AlignedMemory<S>]
  /// A product of spectra.
  let response: AlignedMemory<S>
  /// What is transformed along one axis.
  let turned: AlignedMemory<S>
  /// Scratch of the loops.
  let scratch: AlignedMemory<S>
  /// The features of all lanes, `[features, lanes]`.
  let features: AlignedMemory<S>

  /// About the bytes of a workspace.
  static func byteCount(size: ImageSize, featureCount: Int, depth: Int) -> Int {
    ((6 + 2 * depth) * size.count + featureCount) * LaneLoops<S>.count * MemoryLayout<S>.stride
  }

  init(size: ImageSize, featureCount: Int, depth: Int) {
    let lanes = LaneLoops<S>.count
    let half = size.height * (size.width / 2 + 1)
    maps = (0...depth).map { _ in AlignedMemory(count: size.count * lanes) }
    spectra = (0..<depth).map { _ in AlignedMemory(count: 2 * half * lanes) }
    response = AlignedMemory(count: 2 * size.count * lanes)
    turned = AlignedMemory(count: 2 * max(size.count, half) * lanes)
    scratch = AlignedMemory(count: max(16 * max(size.height, size.width), size.count) * lanes)
    features = AlignedMemory(count: featureCount * lanes)
  }
}
