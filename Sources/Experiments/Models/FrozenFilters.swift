import NeuralNetworks
import Spectral
import Tensors

/// A network whose filters are not learned: they stay as they were drawn, or are the atoms of a basis.
///
/// Its filters are its convolutions; where it has none, the first dense layer, of which each unit sees an image. Filter f of
/// C channels is atom f mod A, the sign turned in every other round, times a random direction in the space of the channels:
///
///     w[f, c] = ±s·u[f, c]·φ[f mod A],  ‖u[f]‖ = ‖φ‖ = 1
///
/// with s so large that the filters are as large, root mean square, as those that training would start from. Biases stay as
/// they were drawn. A basis that has no atoms of the size of a kernel, as Haar of 3×3, gives those of the largest smaller
/// powers of two, in the middle of the kernel.
struct FrozenFilters: Sendable {
  /// The bank of filters that stay as they were drawn.
  static let random = "random"

  /// The banks of filters: random ones, and every basis that needs no training images.
  static let names =
    [random] + BasisCatalog.names.filter { !BasisCatalog.needsTraining($0) && !["pixels", random].contains($0) }

  /// The network with its filters frozen.
  let network: Network
  /// Whether the filters are random, which makes the model a control.
  let isRandom: Bool

  /// The filters by the name of their tensor, each of norm 1; none where they stay as they were drawn.
  private let banks: [String: Tensor<Double>]

  /// Freezes the filters of a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - bank: One of ``names``.
  ///   - random: What decides the directions.
  /// - Throws: `InputError` where the network has no filters that could be atoms, or nothing but filters.
  init(_ network: Network, as bank: String, random: RandomStream) throws {
    let filters = network.filterNodes
    let keys = Set((filters + network.nodes.filter(\.isFrozen)).map(\.key))
    let frozen = network.freezing { keys.contains($0) }
    guard frozen.parameterCount > 0 else {
      throw InputError(
        "\(ModelRequest.frozenWord) network", "has nothing left to learn behind its filters",
        remedy: "Take a network with a hidden layer.")
    }
    self.network = frozen
    isRandom = bank == Self.random
    banks = isRandom ? [:] : try Self.banks(filters, bank, inputShape: network.inputShape, random)
  }

  /// The first weights of the network.
  func weights(from stream: RandomStream) -> Weights<Float> {
    var weights = Weights<Float>(initializing: network, from: stream)
    for (name, bank) in banks {
      guard let drawn = weights[name] else { preconditionFailure("expected a tensor \(name) in the network") }
      let size = (Double(drawn.map { $0 * $0 }.sum) / Double(drawn.shape[0])).squareRoot()
      weights[name] = bank.map { Float(size * $0) }.reshaped(drawn.shape)
    }
    return weights
  }

  private static func banks(
    _ nodes: [Network.Node], _ basis: String, inputShape: [Int], _ random: RandomStream
  ) throws -> [String: Tensor<Double>] {
    var banks: [String: Tensor<Double>] = [:]
    for node in nodes {
      guard let weight = node.parameters.first, let shape = bankShape(node, weight, inputShape) else {
        throw InputError(
          "layer \(node.key) (\(node.name))", "its weights cannot be the atoms of a basis",
          remedy: "Freeze it as it was drawn: without the name of a basis.")
      }
      banks[weight.name] = try bank(shape, basis, random.split(weight.name))
    }
    return banks
  }

  /// `[F, C, kh, kw]` of kernels, or of the units of a dense layer that sees the pixels; `nil` for anything else.
  private static func bankShape(
    _ node: Network.Node, _ weight: ParameterDescription, _ inputShape: [Int]
  ) -> [Int]? {
    if node.name == "Conv2D" { return weight.shape.count == 4 ? weight.shape : nil }
    let seesPixels = node.name == "Dense" && weight.shape.dropFirst().reduce(1, *) == inputShape.reduce(1, *)
    return seesPixels ? [weight.shape[0]] + inputShape : nil
  }

  /// Filters `[F, C, kh, kw]` of norm 1.
  private static func bank(_ shape: [Int], _ basis: String, _ random: RandomStream) throws -> Tensor<Double> {
    let atoms = try atoms(of: basis, height: shape[2], width: shape[3], random)
    let (count, channels, area) = (shape[0], shape[1], shape[2] * shape[3])
    return Tensor(shape: shape) { target in
      for filter in 0..<count {
        let atom = atoms[filter % atoms.count]
        let sign = (filter / atoms.count).isMultiple(of: 2) ? 1.0 : -1.0
        let direction = direction(channels, random.split(filter))
        for channel in 0..<channels {
          for pixel in 0..<area {
            target[(filter * channels + channel) * area + pixel] = sign * direction[channel] * atom[pixel]
          }
        }
      }
    }
  }

  private static func direction(_ count: Int, _ stream: RandomStream) -> [Double] {
    guard count > 1 else { return [1] }
    var stream = stream
    let numbers = (0..<count).map { _ in stream.normal() }
    let norm = numbers.reduce(0) { $0 + $1 * $1 }.squareRoot()
    return numbers.map { $0 / norm }
  }

  /// The atoms of a basis, each of norm 1, in the middle of images of that size.
  private static func atoms(
    of name: String, height: Int, width: Int, _ random: RandomStream
  ) throws -> [[Double]] {
    func made(_ height: Int, _ width: Int) throws -> any Basis {
      try BasisCatalog.basis(named: name, height: height, width: width, random: random)
    }
    let basis = try (try? made(height, width)) ?? made(powerOfTwo(height), powerOfTwo(width))
    let (top, left) = ((height - basis.height) / 2, (width - basis.width) / 2)
    let atoms = basis.atoms(count: basis.atomCount)
    return (0..<basis.atomCount).compactMap { index in
      let atom = atoms[rows: index..<index + 1].elements
      let norm = atom.reduce(0) { $0 + $1 * $1 }.squareRoot()
      guard norm > 1e-9 else { return nil }
      var placed = [Double](repeating: 0, count: height * width)
      for (pixel, value) in atom.enumerated() {
        placed[(top + pixel / basis.width) * width + left + pixel % basis.width] = value / norm
      }
      return placed
    }
  }

  /// The largest power of two that is not above a number.
  private static func powerOfTwo(_ number: Int) -> Int { 1 << (Int.bitWidth - 1 - number.leadingZeroBitCount) }
}

extension Network {
  private static let convolutions = ["Conv1D", "Conv2D", "TransposedConv2D", "LocallyConnected2D", "GlobalFilter2D"]

  /// The filters: convolutions, or the first dense layer of a network that has none.
  var filterNodes: [Node] {
    let filters = nodes.filter { Self.convolutions.contains($0.name) }
    return filters.isEmpty ? Array(nodes.filter { $0.name == "Dense" }.prefix(1)) : filters
  }
}
