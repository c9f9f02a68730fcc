import NeuralNetworks
import Spectral

extension LayerCatalog {
  /// The layers that slide filters over images or signals.
  static let convolutions = [
    Entry("Conv2D", main: "outputChannels") { settings, shape in
      let (channels, filters, groups) = try settings.channels(shape)
      let size = try settings.extent("kernelSize")
      let stride = try settings.extent("stride", default: 1)
      let boundary = try settings.choice("boundary", default: Boundary.zero)
      return Conv2D(
        inputChannels: channels, outputChannels: filters, kernelSize: size, stride: stride,
        padding: try settings.padding("padding", stride: stride),
        dilation: try settings.extent("dilation", default: 1), groups: groups,
        connections: try settings.connections("connections", of: filters, on: channels, groups: groups),
        bias: try settings.choice("bias", default: BiasSharing.channel), boundary: boundary,
        paddingValue: try settings.paddingValue("paddingValue", boundary),
        method: try settings.choice("method", default: ConvolutionMethod.automatic))
    },
    Entry("DepthwiseSeparableConv2D", main: "outputChannels") { settings, shape in
      let stride = try settings.extent("stride", default: 1)
      return depthwiseSeparableConv2D(
        inputChannels: try settings.count("inputChannels", default: shape[0]),
        outputChannels: try settings.count("outputChannels"), kernelSize: try settings.extent("kernelSize"),
        stride: stride, padding: try settings.padding("padding", stride: stride))
    },
    Entry("LocallyConnected2D", main: "outputChannels") { settings, shape in
      let stride = try settings.extent("stride", default: 1)
      return LocallyConnected2D(
        inputChannels: try settings.count("inputChannels", default: shape[0]),
        outputChannels: try settings.count("outputChannels"), kernelSize: try settings.extent("kernelSize"),
        stride: stride, padding: try settings.padding("padding", stride: stride),
        hasBias: try settings.flag("hasBias", default: true))
    },
    Entry("TransposedConv2D", main: "outputChannels") { settings, shape in
      let (channels, filters, groups) = try settings.channels(shape)
      let size = try settings.extent("kernelSize")
      let stride = try settings.extent("stride", default: 1)
      let added = try settings.extent("outputPadding", atLeast: 0, default: 0)
      guard added.height < stride.height && added.width < stride.width else {
        throw settings.place.error("expected an output padding below the stride \(stride), found \(added)")
      }
      return TransposedConv2D(
        inputChannels: channels, outputChannels: filters, kernelSize: size, stride: stride,
        padding: try settings.extent("padding", atLeast: 0, default: 0), outputPadding: added,
        dilation: try settings.extent("dilation", default: 1), groups: groups,
        hasBias: try settings.flag("hasBias", default: true),
        method: try settings.choice("method", default: ConvolutionMethod.automatic))
    },
    Entry("Conv1D", main: "outputChannels") { settings, shape in
      let (channels, filters, groups) = try settings.channels(shape)
      return Conv1D(
        inputChannels: channels, outputChannels: filters, kernelSize: try settings.count("kernelSize"),
        stride: try settings.count("stride", default: 1),
        padding: try settings.number("padding", atLeast: 0, default: 0),
        dilation: try settings.count("dilation", default: 1), groups: groups,
        bias: try settings.choice("bias", default: BiasSharing.channel),
        boundary: try settings.choice("boundary", default: Boundary.zero),
        method: try settings.choice("method", default: ConvolutionMethod.automatic))
    },
    Entry("GlobalFilter2D", main: "channels") { settings, shape in
      GlobalFilter2D(channels: try settings.count("channels", default: shape[0]))
    },
  ]
}
