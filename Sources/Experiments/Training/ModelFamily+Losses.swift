import Tensors

extension ModelFamily {
  /// The losses of networks that explain numbers, the usual one first; `nil` for classes, which every loss is for.
  private var losses: [TrainingConfiguration.LossKind]? {
    switch self {
    case .multinomial: nil
    case .gaussian: [.squared, .absolute, .huber]
    case .poisson: [.poisson]
    }
  }

  /// The loss of a network where nobody says one.
  ///
  /// - Parameter network: The network.
  /// - Returns: That of numbers or counts, or for classes the one that the network was made for.
  public func standardLoss(of network: NetworkReference) -> TrainingConfiguration.LossKind {
    losses?[0] ?? network.standardLoss
  }

  /// Refuses a loss that is not for what a network explains.
  ///
  /// - Parameter loss: The loss.
  /// - Throws: `InputError` with those that are.
  public func check(_ loss: TrainingConfiguration.LossKind) throws {
    guard let losses, !losses.contains(loss) else { return }
    throw InputError(
      "--loss", "the network explains \(self == .poisson ? "counts" : "numbers"), which '\(loss.rawValue)' is not for",
      remedy: "Accepted: \(losses.map(\.rawValue).joined(separator: ", ")).")
  }
}
