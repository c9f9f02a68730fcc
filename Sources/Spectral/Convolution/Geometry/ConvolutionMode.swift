/// Which outputs of a convolution are computed.
public enum ConvolutionMode: String, CaseIterable, Sendable {
  /// Every output that the kernel's overlap with the image reaches: H + kh − 1 rows.
  case full
  /// As many outputs as the image has samples, also where the kernel is larger than the image.
  case same
  /// The outputs whose window lies inside the image: H − kh + 1 rows; an error where the kernel is larger.
  case valid
}
