/// What a forward pass keeps of its images for the gradient of the bank, such as their spectra.
///
/// Empty where the plan's method reads the images themselves.
///
/// `Sendable` so that it can be handed to the thread that uses it; no two passes may write one record at the same time.
public final class ConvolutionRecord<S: SpectralScalar>: @unchecked Sendable {
  private var memory = AlignedMemory<S>(count: 0)

  init() {}

  /// Memory for so many numbers; `nil` for none.
  func reserve(_ count: Int) -> UnsafeMutablePointer<S>? {
    if memory.count < count { memory = AlignedMemory(count: count) }
    return count > 0 ? memory.base : nil
  }
}
