public import Formats
import Tensors

extension TrainerState {
  private static var prefixes: (weights: String, first: String, second: String) {
    ("weights.", "first_moment.", "second_moment.")
  }

  /// Reads a state that ``arrays`` and ``metadata`` have written.
  ///
  /// - Parameters:
  ///   - archive: The archive.
  ///   - origin: What an error names first.
  ///   - network: The network that is trained.
  /// - Throws: ``InputError`` where it is a state of another network, or none.
  public init(_ archive: SafetensorsArchive, origin: String, for network: Network) throws {
    guard let steps = archive.metadata["steps"].flatMap({ Int($0) }),
      let epochs = archive.metadata["epochs"].flatMap({ Int($0) }), steps >= 0, epochs >= 0
    else {
      throw InputError(origin, "is not a checkpoint: it does not say how many steps and epochs were made")
    }
    let trained = network.trainedParameters
    self.init(
      weights: try Weights(archive, origin: origin, prefix: Self.prefixes.weights, parameters: network.parameters),
      firstMoments: try Weights(archive, origin: origin, prefix: Self.prefixes.first, parameters: trained),
      secondMoments: try Weights(archive, origin: origin, prefix: Self.prefixes.second, parameters: trained),
      stepCount: steps, epochCount: epochs)
  }

  /// The tensors of a file that ``init(_:origin:for:)`` reads.
  public var arrays: [(name: String, array: NumPyArray)] {
    weights.arrays(prefix: Self.prefixes.weights) + firstMoments.arrays(prefix: Self.prefixes.first)
      + secondMoments.arrays(prefix: Self.prefixes.second)
  }

  /// The text of a file that ``init(_:origin:for:)`` reads.
  public var metadata: [String: String] { ["steps": "\(stepCount)", "epochs": "\(epochCount)"] }
}

extension Network {
  /// The tensors that an optimizer changes.
  fileprivate var trainedParameters: [ParameterDescription] {
    nodes.filter { !$0.isFrozen }.flatMap(\.parameters).filter { $0.role == .learned }
  }
}
