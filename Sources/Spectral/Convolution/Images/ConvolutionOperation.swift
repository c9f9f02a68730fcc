/// Whether the kernel is flipped.
public enum ConvolutionOperation: String, CaseIterable, Sendable {
  /// y[i] = Σⱼ x[i − j]·k[j].
  case convolution
  /// y[i] = Σⱼ x[i + j]·k[j].
  case crossCorrelation
}

extension Padding {
  /// The extension by which a mode becomes a cross-correlation with the kernel, flipped or not.
  ///
  /// - Parameters:
  ///   - mode: Which outputs are computed.
  ///   - operation: Whether the kernel is flipped, which for even sizes moves the middle of `same`.
  ///   - windowHeight: The rows that the kernel spans, (kh − 1)·dilation + 1.
  ///   - windowWidth: The columns that the kernel spans.
  public init(_ mode: ConvolutionMode, _ operation: ConvolutionOperation, windowHeight: Int, windowWidth: Int) {
    let (y, x) = (windowHeight - 1, windowWidth - 1)
    switch (mode, operation) {
    case (.valid, _): self.init(0)
    case (.full, _): self.init(top: y, bottom: y, left: x, right: x)
    case (.same, .crossCorrelation): self = .same(kernelHeight: windowHeight, kernelWidth: windowWidth)
    case (.same, .convolution): self.init(top: y - y / 2, bottom: y / 2, left: x - x / 2, right: x / 2)
    }
  }
}
