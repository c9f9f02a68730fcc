internal import Parallel
internal import Tensors

/// The spectra of the planes of an image, or of an output: every phase of every channel.
struct PlaneSpectra<S: SpectralScalar>: Sendable {
  let transform: SpectrumTransform<S>
  let channels: Int
  /// The numbers from one plane of the image to the next.
  let planeStride: Int
  /// The samples of each phase.
  let phases: [PlaneItems]

  private let isShared: Bool

  init(
    _ size: (height: Int, width: Int), channels: Int, planeStride: Int, phases: [PlaneItems], _ tasks: SpectrumTasks
  ) {
    transform = SpectrumTransform(size, rows: phases.reduce(0) { max($0, $1.rows) })
    isShared = tasks.sharesPlanes(channels * phases.count)
    self.channels = channels
    self.planeStride = planeStride
    self.phases = phases
  }

  /// The spectra of a unit: of one image, or of two that are transformed together.
  var count: Int { channels * phases.count }
  /// The numbers of a unit's spectra.
  var numberCount: Int { count * transform.stride }

  /// Transforms the planes of one image or two.
  func analyze(
    _ pair: ImagePair<S>, into spectra: UnsafeMutablePointer<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    // Read only, or written in parts that do not overlap.
    nonisolated(unsafe) let (spectra, scratch) = (spectra, scratch)
    forEachSpectrum { index in
      transform.analyze(
        phases[index % phases.count], pair.offset(by: index / phases.count * planeStride),
        into: spectra + index * transform.stride, scratch)
    }
  }

  /// Transforms spectra, which it destroys, back into the planes of one image or two.
  func synthesize(
    _ spectra: UnsafeMutablePointer<S>, into pair: MutableImagePair<S>, _ scratch: UnsafeMutablePointer<S>
  ) {
    // Written in parts that do not overlap.
    nonisolated(unsafe) let (spectra, scratch) = (spectra, scratch)
    forEachSpectrum { index in
      transform.synthesize(
        spectra + index * transform.stride, phases[index % phases.count],
        into: pair.offset(by: index / phases.count * planeStride), scratch)
    }
  }

  /// Planes that fit the cache are shared among threads; a large one is shared by its transform.
  private func forEachSpectrum(_ body: @Sendable (Int) -> Void) {
    if isShared {
      parallelFor(count, body)
    } else {
      for index in 0..<count { body(index) }
    }
  }
}
