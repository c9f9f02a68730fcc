import Spectral

/// What a network consists of, layer by layer, as `torchinfo` shows it.
public struct NetworkSummary: Encodable, Sendable {
  /// The real multiply-adds for one input.
  public struct Operations: Encodable, Equatable, Sendable {
    /// By the method really used.
    public let chosen: Int
    /// By direct convolution.
    public let direct: Int
    /// In the Fourier domain; `nil` where nothing can be computed there.
    public let fourier: Int?
  }

  /// A layer or a joining.
  public struct Row: Encodable, Sendable {
    /// Its position, which is PyTorch's key.
    public let key: String
    /// Its name.
    public let layer: String
    /// The shape of one output.
    public let outputShape: [Int]
    /// The numbers that it learns.
    public let parameters: Int
    /// The numbers that it would learn if it were not frozen.
    public let frozenParameters: Int
    /// The uses of trained weights and biases for one input.
    public let links: Int
    /// The real multiply-adds for one input.
    public let operations: Operations
    /// How a convolution is computed in training; `nil` for other layers.
    public let method: String?
    /// What rows of the input one output sees.
    public let receptiveRows: ReceptiveField?
    /// What columns of the input one output sees.
    public let receptiveColumns: ReceptiveField?
    /// The bytes of one output in single precision.
    public let outputBytes: Int
  }

  /// Sums over all rows.
  public struct Totals: Encodable, Sendable {
    /// The numbers that are learned.
    public let parameters: Int
    /// The numbers that are frozen.
    public let frozenParameters: Int
    /// The uses of trained weights and biases for one input.
    public let links: Int
    /// The real multiply-adds for one input.
    public let operations: Operations
    /// The bytes of all tensors of the network, learned, frozen or kept as state.
    public let weightBytes: Int
    /// The bytes of all outputs for one input.
    public let outputBytes: Int
  }

  /// The shape of one input.
  public let inputShape: [Int]
  /// Layers and joinings in order.
  public let rows: [Row]
  /// Their sums.
  public let totals: Totals

  /// Sums up a network.
  ///
  /// - Parameter network: The network.
  public init(_ network: Network) {
    inputShape = network.inputShape
    rows = zip(network.nodes, network.receptiveFields()).map { Row($0, $1) }
    totals = Totals(rows, weightCount: network.parameters.reduce(0) { $0 + $1.count })
  }
}

extension NetworkSummary.Row {
  fileprivate init(_ node: Network.Node, _ fields: Network.Fields?) {
    let learned = node.parameters.reduce(0) { $0 + ($1.role == .learned ? $1.count : 0) }
    key = node.key
    layer = node.name
    outputShape = node.outputShape
    parameters = node.parameterCount
    frozenParameters = learned - node.parameterCount
    links = node.linkCount
    let convolution = node.layer?.unwrapped as? Conv2D
    operations = NetworkSummary.Operations(
      chosen: node.operationCount,
      direct: convolution?.operationCount(for: node.inputShapes[0], method: .direct) ?? node.operationCount,
      fourier: convolution?.operationCount(for: node.inputShapes[0], method: .fft))
    method = convolution.flatMap { $0.chosenMethod(for: node.inputShapes[0])?.rawValue }
    receptiveRows = fields?.rows
    receptiveColumns = fields?.columns
    outputBytes = 4 * node.outputShape.reduce(1, *)
  }
}

extension NetworkSummary.Totals {
  fileprivate init(_ rows: [NetworkSummary.Row], weightCount: Int) {
    func sum(_ number: (NetworkSummary.Row) -> Int) -> Int { rows.reduce(0) { $0 + number($1) } }
    parameters = sum(\.parameters)
    frozenParameters = sum(\.frozenParameters)
    links = sum(\.links)
    operations = NetworkSummary.Operations(
      chosen: sum(\.operations.chosen), direct: sum(\.operations.direct),
      fourier: rows.contains { $0.operations.fourier != nil }
        ? sum { $0.operations.fourier ?? $0.operations.direct } : nil)
    weightBytes = 4 * weightCount
    outputBytes = sum(\.outputBytes)
  }
}

extension Conv2D {
  /// The real multiply-adds for one item by a method; 0 where it cannot serve the shape.
  fileprivate func operationCount(for inputShape: [Int], method: ConvolutionMethod) -> Int {
    (try? shape(for: inputShape)).map {
      ConvolutionPlan<Float>.operationCount($0, method: method, boundary: description.boundary)
    } ?? 0
  }

  /// The method of training on batches of 128.
  fileprivate func chosenMethod(for inputShape: [Int]) -> ConvolutionMethod? {
    guard description.method == .automatic else { return description.method }
    guard let shape = try? shape(for: inputShape) else { return nil }
    let work = ConvolutionWork(
      shape, boundary: description.boundary, images: BatchPartition(128).capacity, purpose: .training)
    return try? ConvolutionPlan<Float>(work, method: .automatic).method
  }
}
