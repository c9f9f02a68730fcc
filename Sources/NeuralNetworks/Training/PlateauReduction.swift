/// Lowers the learning rate when a validation loss stops falling, as `torch.optim.lr_scheduler.ReduceLROnPlateau`.
public struct PlateauReduction: Equatable, Codable, Sendable {
  /// What the learning rate is multiplied by.
  public let factor: Double
  /// The epochs without progress that are tolerated.
  public let patience: Int
  /// The relative fall of the loss that counts as progress.
  public let threshold: Double
  /// What the learning rate has been multiplied by so far.
  public private(set) var scale = 1.0

  private var best = Double.greatestFiniteMagnitude
  private var epochsWithoutProgress = 0

  /// Creates a rule.
  ///
  /// - Parameters:
  ///   - factor: What the learning rate is multiplied by, between 0 and 1.
  ///   - patience: The epochs without progress that are tolerated.
  ///   - threshold: The relative fall of the loss that counts as progress.
  public init(factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4) {
    precondition(factor > 0 && factor < 1, "expected a factor between 0 and 1, got \(factor)")
    precondition(patience >= 0, "expected a patience of at least 0, got \(patience)")
    self.factor = factor
    self.patience = patience
    self.threshold = threshold
  }

  /// Takes note of the loss after an epoch.
  ///
  /// - Parameter loss: A validation loss, at least 0.
  public mutating func observe(_ loss: Double) {
    if loss < best * (1 - threshold) {
      best = loss
      epochsWithoutProgress = 0
    } else {
      epochsWithoutProgress += 1
    }
    guard epochsWithoutProgress > patience else { return }
    scale *= factor
    epochsWithoutProgress = 0
  }
}

/// Ends training when a validation loss has not fallen for a number of epochs; the best weights are restored.
///
/// L. Prechelt, *Early stopping – but when?*, Neural Networks: Tricks of the Trade, 1998.
public struct EarlyStopping: Equatable, Codable, Sendable {
  /// The epochs without progress that are tolerated.
  public let patience: Int
  /// The epoch with the lowest loss so far, from 1; `nil` before the first.
  public private(set) var bestEpoch: Int?
  /// The lowest loss so far.
  public private(set) var bestLoss = Double.greatestFiniteMagnitude

  private var lastEpoch = 0

  /// Creates a rule.
  ///
  /// - Parameter patience: The epochs without progress that are tolerated.
  public init(patience: Int) {
    precondition(patience >= 0, "expected a patience of at least 0, got \(patience)")
    self.patience = patience
  }

  /// Whether it is time to end.
  public var isOver: Bool { lastEpoch - (bestEpoch ?? lastEpoch) > patience }

  /// Takes note of the loss after an epoch.
  ///
  /// - Parameters:
  ///   - loss: A validation loss.
  ///   - epoch: The epoch, from 1.
  /// - Returns: Whether it is the lowest so far.
  public mutating func observe(_ loss: Double, epoch: Int) -> Bool {
    lastEpoch = epoch
    guard loss < bestLoss else { return false }
    (bestLoss, bestEpoch) = (loss, epoch)
    return true
  }
}
