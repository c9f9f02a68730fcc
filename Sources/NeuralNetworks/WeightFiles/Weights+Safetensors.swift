public import Formats
public import Foundation
import Tensors

extension Weights {
  /// Reads the weights of a network from a safetensors file, such as PyTorch's `state_dict` of the same `Sequential`.
  ///
  /// - Parameters:
  ///   - url: The file.
  ///   - network: The network.
  /// - Throws: ``InputError`` where the file is damaged, or where names are missing or too many or shapes differ.
  public init(safetensors url: URL, for network: Network) throws {
    try self.init(Safetensors.read(url), origin: url.relativePath, parameters: network.parameters)
  }

  /// Reads tensors from an archive.
  ///
  /// - Parameters:
  ///   - archive: The archive.
  ///   - origin: What an error names first.
  ///   - prefix: What stands before every name in the archive; tensors without it are left alone.
  ///   - parameters: The tensors that there should be.
  /// - Throws: ``InputError`` where names are missing or too many or shapes differ.
  public init(
    _ archive: SafetensorsArchive, origin: String, prefix: String = "", parameters: [ParameterDescription]
  ) throws {
    let found = archive.names.filter { $0.hasPrefix(prefix) }.map { String($0.dropFirst(prefix.count)) }
    let shapes = Dictionary(uniqueKeysWithValues: found.map { ($0, archive.shape(of: prefix + $0)!) })
    try Self.check(shapes, origin: origin, against: parameters)
    self.init(
      try parameters.map { parameter in
        let array = try archive[prefix + parameter.name]
        return (parameter.name, try array.tensor(as: S.self))
      })
  }

  /// Writes a safetensors file that PyTorch's `load_state_dict` of the same `Sequential` takes unchanged.
  ///
  /// The file appears complete or not at all.
  ///
  /// - Parameters:
  ///   - url: The file, which is replaced where it exists.
  ///   - metadata: Free text by keys.
  /// - Throws: ``InputError`` where it cannot be written.
  public func write(safetensors url: URL, metadata: [String: String] = [:]) throws {
    try Safetensors.write(arrays(), metadata: metadata, to: url)
  }

  /// The tensors as arrays: counters as PyTorch has them, int64, all others in their precision.
  package func arrays(prefix: String = "") -> [(name: String, array: NumPyArray)] {
    names.map { name in
      let tensor = self[name]!
      let array =
        name.hasSuffix("num_batches_tracked")
        ? NumPyArray(tensor.elements.map { Int($0) }, shape: tensor.shape) : NumPyArray(numbers: tensor)
      return (prefix + name, array)
    }
  }
}

extension NumPyArray {
  /// An array of float32 or float64.
  fileprivate init<S: Scalar>(numbers tensor: Tensor<S>) {
    if let tensor = tensor as? Tensor<Float> { self.init(tensor) } else { self.init(tensor.map { Double($0) }) }
  }
}
