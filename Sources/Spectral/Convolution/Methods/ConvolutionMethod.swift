/// How a convolution is computed; it never changes the result beyond the rounding stated on the module's page.
public enum ConvolutionMethod: String, CaseIterable, Codable, CodingKeyRepresentable, Sendable {
  /// One of the others, chosen by a ``ConvolutionPlanner``.
  case automatic
  /// The sum over the kernel's weights, in vector registers.
  case direct
  /// A matrix whose columns are the windows of the image, times the kernels.
  case im2col
  /// Passes along rows and columns, one pair for each term of the kernel's singular value decomposition.
  case separable
  /// Winograd's minimal filtering, for 3×3 kernels.
  case winograd
  /// A product of spectra, the whole image in one transform.
  case fft
  /// Products of spectra of overlapping tiles that stay in the processor's cache.
  case overlapSave
}
