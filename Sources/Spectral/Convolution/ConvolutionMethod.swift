/// How a convolution is computed; it never changes the result beyond the rounding stated on the module's page.
public enum ConvolutionMethod: String, CaseIterable, Sendable {
  /// One of the others, chosen from the shape and built-in constants alone.
  case automatic
  /// The sum over the kernel's weights, in vector registers.
  case direct
  /// A matrix whose columns are the windows of the image, times the kernels.
  case im2col
  /// A product of spectra.
  case fft
}

/// Which outputs of a convolution are computed.
public enum ConvolutionMode: String, CaseIterable, Sendable {
  /// Every output that the kernel's overlap with the image reaches: H + kh − 1 rows.
  case full
  /// As many outputs as the image has samples, also where the kernel is larger than the image.
  case same
  /// The outputs whose window lies inside the image: H − kh + 1 rows; an error where the kernel is larger.
  case valid
}

/// What an image is taken to be outside its borders.
public enum Boundary: String, CaseIterable, Sendable {
  /// Zero, as `numpy.pad(mode="constant")`.
  case zero
  /// The image again, as `numpy.pad(mode="wrap")`, repeated as often as needed.
  case circular
}
