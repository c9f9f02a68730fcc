import Tensors

/// The shares of the images that go into the parts of a split.
public struct SplitFractions: Sendable, Equatable {
  /// The share to fit to.
  public let train: Double
  /// The share to choose by.
  public let validation: Double
  /// The share to test on; not used where there is an official test part.
  public let test: Double

  /// 64 % to fit to, 16 % to choose by, 20 % to test on: a fifth for the test, and a fifth of the rest to choose by.
  public static let standard = SplitFractions(unchecked: 0.64, 0.16, 0.2)

  /// Creates shares.
  ///
  /// - Parameters:
  ///   - train: The share to fit to.
  ///   - validation: The share to choose by.
  ///   - test: The share to test on.
  /// - Throws: `InputError` unless all are positive and their sum is 1.
  public init(train: Double, validation: Double, test: Double) throws {
    guard min(train, validation, test) > 0 && abs(train + validation + test - 1) < 1e-9 else {
      throw InputError(
        "split",
        "expected positive shares of train, validation and test with sum 1, got \(train), \(validation), \(test)")
    }
    self.init(unchecked: train, validation, test)
  }

  /// Shares by that of the test alone: of the rest a fifth to choose by.
  ///
  /// - Parameter test: The share to test on.
  /// - Throws: `InputError` unless it is above 0 and below 1.
  public init(test: Double) throws {
    try self.init(train: 0.8 * (1 - test), validation: 0.2 * (1 - test), test: test)
  }

  private init(unchecked train: Double, _ validation: Double, _ test: Double) {
    self.train = train
    self.validation = validation
    self.test = test
  }
}
