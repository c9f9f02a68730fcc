internal import Tensors

extension FeatureRecipe {
  /// The maps that are not the coefficients on a basis.
  static let all: [FeatureRecipe] = [
    FeatureRecipe(name: "log-fourier", keys: []) { _, context in
      LogFourierFeatures(height: context.height, width: context.width)
    },
    FeatureRecipe(name: "power-spectrum", keys: ["log"]) { options, context in
      try PowerSpectrumFeatures(height: context.height, width: context.width, logOffset: options.number("log"))
    },
    FeatureRecipe(name: "radial-spectrum", keys: ["log"]) { options, context in
      try RadialSpectrumFeatures(height: context.height, width: context.width, logOffset: options.number("log"))
    },
    FeatureRecipe(name: "angular-spectrum", keys: ["wedges", "log"]) { options, context in
      try AngularSpectrumFeatures(
        height: context.height, width: context.width, wedges: options.integer("wedges") ?? 8,
        logOffset: options.number("log"))
    },
    FeatureRecipe(name: "windowed-fourier", keys: ["size", "hop", "window", "log"]) { options, context in
      try WindowedFourierFeatures(
        height: context.height, width: context.width,
        size: options.integer("size") ?? min(8, context.height, context.width), hop: options.integer("hop"),
        window: options.choice("window") ?? .hann, logOffset: options.number("log"))
    },
    FeatureRecipe(name: "scattering", keys: ["J", "L", "order", "boundary", "log"]) { options, context in
      try ScatteringFeatures(
        height: context.height, width: context.width, scales: options.integer("J") ?? 2,
        orientations: options.integer("L") ?? 8, maximumOrder: options.integer("order") ?? 2,
        boundary: options.choice("boundary") ?? .reflect, logOffset: options.number("log"))
    },
    FeatureRecipe(
      name: "filters", keys: ["basis", "size", "M", "activation", "boundary", "pool", "window", "stride"]
    ) { options, context in try FilterBankFeatures(options, context) },
  ]
}
