/// Channels weighted by what a small network makes of their means: y = x·σ(W₂·relu(W₁·mean(x) + b₁) + b₂).
///
/// Keys: `fc1.weight` `[S, C, 1, 1]`, `fc1.bias`, `fc2.weight` `[C, S, 1, 1]` and `fc2.bias` within its own, as in
/// `torchvision.ops.SqueezeExcitation`. Shapes: `[C, H, W]`, unchanged. J. Hu, L. Shen and G. Sun,
/// *Squeeze-and-excitation networks*, CVPR 2018.
public struct SqueezeExcitation: NetworkElement {
  /// C.
  public let channels: Int
  /// S, the channels between.
  public let squeezedChannels: Int

  /// Creates the block.
  ///
  /// - Parameters:
  ///   - channels: C ≥ 1.
  ///   - squeezedChannels: S ≥ 1.
  public init(channels: Int, squeezedChannels: Int) {
    precondition(
      channels >= 1 && squeezedChannels >= 1, "expected at least 1 channel, got \(channels) and \(squeezedChannels)")
    self.channels = channels
    self.squeezedChannels = squeezedChannels
  }

  /// Appends the factors' branch and the scaling.
  public func append(to graph: inout NetworkGraph, at key: String) throws {
    let input = graph.current
    try graph.append(GlobalAveragePool2D(), at: "\(key).avgpool")
    try graph.append(
      Conv2D(inputChannels: channels, outputChannels: squeezedChannels, kernelSize: 1), at: "\(key).fc1")
    try graph.append(ReLU(), at: "\(key).activation")
    try graph.append(
      Conv2D(inputChannels: squeezedChannels, outputChannels: channels, kernelSize: 1), at: "\(key).fc2")
    try graph.append(Sigmoid(), at: "\(key).scale_activation")
    try graph.append(.scaling, of: [input, graph.current], at: key)
  }
}
