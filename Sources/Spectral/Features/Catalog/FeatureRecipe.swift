internal import Tensors

/// How the catalog makes one kind of feature map.
struct FeatureRecipe: Sendable {
  let name: String
  /// The keys of the options, in the order of values without a key.
  let keys: [String]
  let make: @Sendable (FeatureOptions, FeatureContext) throws -> any FeatureMap

  /// The coefficients on M atoms of a basis, `BASIS[:M]`.
  static func basis(_ name: String) -> FeatureRecipe {
    FeatureRecipe(name: name, keys: ["M"]) { options, context in
      try CoefficientFeatures(basis: context.basis(named: name), count: options.integer("M"))
    }
  }
}

/// What the catalog's caller says besides the name.
struct FeatureContext: Sendable {
  let height: Int
  let width: Int
  let random: RandomStream
  let training: Tensor<Double>?

  /// A basis of whole images.
  func basis(named name: String) throws -> any Basis {
    try BasisCatalog.basis(named: name, height: height, width: width, random: random, training: training)
  }
}
