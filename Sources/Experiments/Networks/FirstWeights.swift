import Formats
import Foundation
import NeuralNetworks
import Spectral
import Tensors

/// The first weights of a layer, as a network file gives them: an initializer by name, the atoms of a basis, or a layer of
/// a weights file.
enum FirstWeights: Sendable {
  case initializer(Initializer)
  case basis(name: String, size: ImageSize?, stream: RandomStream, place: YAMLValue)
  case file(Tensor<Double>)

  private static let initializers: [String: Initializer] = [
    "glorot": .glorot, "he": .he, "orthogonal": .orthogonal, "zeros": .zeros,
  ]

  init(_ value: YAMLValue, stream: RandomStream) throws {
    guard let members = value.members else {
      self = .initializer(Self.initializers[try value.word(among: Self.initializers.keys.sorted(), "initializer")]!)
      return
    }
    func member(_ name: String) -> YAMLValue? { members.first { $0.name.text == name }?.value }
    for (name, _) in members {
      _ = try name.word(among: ["basis", "size", "weights", "layer"], "source of first weights")
    }
    if let basis = member("basis") {
      let size = try member("size").map { size in
        do { return try ImageSize(parsing: size.text ?? size.kind) } catch let error as InputError {
          throw size.placing(error)
        }
      }
      self = .basis(
        name: try basis.word(among: BasisCatalog.names, "basis"), size: size, stream: stream, place: basis)
      return
    }
    guard let file = member("weights"), let layer = member("layer") else {
      throw value.error("expected 'basis', or 'weights' (a file) and 'layer', or the name of an initializer")
    }
    do {
      self = .file(try Safetensors.read(Self.url(file))["\(layer.text ?? "").weight"].tensor())
    } catch let error as InputError { throw file.placing(error) }
  }

  /// The weights files that a description names, in order.
  static func files(in value: YAMLValue) -> [URL] {
    if let list = value.list { return list.flatMap(files) }
    return (value.members ?? []).flatMap { member in
      let file = member.name.text == "startingFrom" ? member.value.members?.first { $0.name.text == "weights" } : nil
      return file.map { [url($0.value)] } ?? files(in: member.value)
    }
  }

  private static func url(_ file: YAMLValue) -> URL { URL(fileURLWithPath: file.text ?? "", relativeTo: file.folder) }

  /// The layer with these first weights.
  func apply(to layer: some Layer, inputShape: [Int]) throws -> any Layer {
    guard let weight = layer.parameters(for: inputShape).first(where: { $0.name == "weight" }) else {
      throw InputError(layer.name, "has no weights to start from given values")
    }
    switch self {
    case .initializer(let initializer): return layer.starting(from: ["weight": initializer])
    case .file(let values): return layer.starting(from: values)
    case .basis(let name, let size, let stream, let place):
      return layer.starting(from: ["weight": try Self.atoms(name, size, stream, weight.shape, place)])
    }
  }

  /// Values of a weight from atoms: a kernel each, or, where a size is given, a row of a dense layer each.
  private static func atoms(
    _ name: String, _ size: ImageSize?, _ stream: RandomStream, _ shape: [Int], _ place: YAMLValue
  ) throws -> Initializer {
    let kernel = size.map { [$0.height, $0.width] } ?? Array(shape.dropFirst(2))
    let channels = shape.count == 2 ? 1 : shape[1]
    guard kernel.count == 2, shape.dropFirst().reduce(1, *) == channels * kernel[0] * kernel[1] else {
      throw place.error(
        "atoms of \(size.map { "\($0)" } ?? "no size") do not fill weights of shape \(shape)",
        remedy: "Give a dense layer the size of its images, such as 'size: 16x16'; a convolution needs none.")
    }
    do {
      let basis = try BasisCatalog.basis(named: name, height: kernel[0], width: kernel[1], random: stream)
      try basis.validate(count: shape[0])
      let atoms = basis.atoms(count: shape[0])
      return shape.count == 2 ? .values(atoms.reshaped(shape)) : .atoms(atoms, channels: channels)
    } catch let error as InputError { throw place.placing(error) }
  }
}
