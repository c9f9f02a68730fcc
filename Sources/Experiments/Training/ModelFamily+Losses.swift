import Tensors

extension ModelFamily {
  /// The losses of networks; of numbers the usual one first.
  private var losses: [TrainingConfiguration.LossKind] {
    switch self {
    case .multinomial: TrainingConfiguration.LossKind.allCases.filter { $0 != .poisson }
    case .gaussian: [.squared, .absolute, .huber]
    case .poisson: [.poisson]
    }
  }

  /// The loss of a network where nobody says one.
  ///
  /// - Parameter network: The network.
  /// - Returns: That of numbers or counts, or for classes the one that the network was made for.
  public func standardLoss(of network: NetworkReference) -> TrainingConfiguration.LossKind {
    explainsNumbers ? losses[0] : network.standardLoss
  }

  /// Refuses a loss that is not for what a network explains.
  ///
  /// - Parameter loss: The loss.
  /// - Throws: `InputError` with those that are.
  public func check(_ loss: TrainingConfiguration.LossKind) throws {
    guard !losses.contains(loss) else { return }
    let explained = [.multinomial: "classes", .gaussian: "numbers", .poisson: "counts"][self] ?? rawValue
    throw InputError(
      "--loss", "the network explains \(explained), which '\(loss.rawValue)' is not for",
      remedy: "Accepted: \(losses.map(\.rawValue).joined(separator: ", ")).")
  }
}
