internal import Tensors

extension FilterBankFeatures {
  /// The largest number of pieces that a basis of filters is fitted to.
  private static var pieceCount: Int { 20_000 }

  /// Filters that are the first atoms of a basis of small images, by the catalog's options.
  init(_ options: FeatureOptions, _ context: FeatureContext) throws {
    let name = options.word("basis") ?? "fourier"
    let size = try options.size("size") ?? ImageSize(min(5, context.height), min(5, context.width))
    guard size.height <= context.height && size.width <= context.width else {
      throw InputError(
        "filters", "filters of \(size) are larger than the images, which are \(context.height)x\(context.width)",
        remedy: "Take smaller filters.")
    }
    let pieces =
      BasisCatalog.needsTraining(name) ? context.training.map { Self.pieces(of: $0, size, context.random) } : nil
    let basis = try BasisCatalog.basis(
      named: name, height: size.height, width: size.width, random: context.random.split("filters"), training: pieces)
    let count = try options.integer("M") ?? basis.atomCount
    try basis.validate(count: count)
    let activation: FilterActivation = try options.choice("activation") ?? .relu
    let boundary: Boundary = try options.choice("boundary") ?? .zero
    let pooling = try Self.pooling(options, context)
    let words =
      ["filters", name, "\(size)"] + (count == basis.atomCount ? [] : ["M=\(count)"])
      + (activation == .relu ? [] : ["activation=\(activation.rawValue)"])
      + (boundary == .zero ? [] : ["boundary=\(boundary.rawValue)"]) + pooling.words
    try self.init(
      name: words.joined(separator: ":"), height: context.height, width: context.width,
      filters: basis.atoms(count: count),
      filterNames: basis.atomNames(count: count), activation: activation, boundary: boundary, pooling: pooling)
  }

  private static func pooling(_ options: FeatureOptions, _ context: FeatureContext) throws -> FilterPooling {
    let kind: FilterPooling.Kind = try options.choice("pool") ?? .max
    if options.word("window") == "global" { return .global(kind) }
    let window = try options.integer("window") ?? min(4, context.height, context.width)
    let stride = try options.integer("stride") ?? window
    guard window >= 1 && stride >= 1 else {
      throw InputError("filters", "found window=\(window), stride=\(stride), expected at least 1")
    }
    return FilterPooling(kind, window: window, stride: stride)
  }

  /// Pieces of training images `[N, H, W]` at random places.
  private static func pieces(of images: Tensor<Double>, _ size: ImageSize, _ random: RandomStream) -> Tensor<Double> {
    var random = random.split("pieces")
    let (height, width) = (images.shape[1], images.shape[2])
    let count = images.shape[0] == 0 ? 0 : pieceCount
    return Tensor(shape: [count, size.height, size.width]) { target in
      images.withUnsafeBufferPointer { pixels in
        for piece in 0..<count {
          let image = Int.random(in: 0..<images.shape[0], using: &random)
          let (row, column) = (
            Int.random(in: 0...height - size.height, using: &random),
            Int.random(in: 0...width - size.width, using: &random)
          )
          for y in 0..<size.height {
            for x in 0..<size.width {
              target[(piece * size.height + y) * size.width + x] =
                pixels[(image * height + row + y) * width + column + x]
            }
          }
        }
      }
    }
  }
}

extension FilterPooling {
  /// What differs from windows of 4×4 and their largest values, as the catalog has it.
  fileprivate var words: [String] {
    (kind == .max ? [] : ["pool=\(kind.rawValue)"])
      + (window == 4 ? [] : ["window=\(window.map(String.init) ?? "global")"])
      + (window == nil || stride == window ? [] : ["stride=\(stride)"])
  }
}
