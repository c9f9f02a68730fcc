/// Which images models are fitted to, chosen by and tested on, in one repeat.
public struct Split: Sendable, Equatable {
  /// The images that models are fitted to, ascending.
  public let train: [Int]
  /// The images on which penalties, epochs and the best models are chosen, ascending.
  public let validation: [Int]
  /// The images that decide nothing and measure everything, ascending.
  public let test: [Int]

  /// Creates a split.
  ///
  /// - Parameters:
  ///   - train: The images to fit to.
  ///   - validation: The images to choose by.
  ///   - test: The images to test on.
  public init(train: [Int], validation: [Int], test: [Int]) {
    self.train = train.sorted()
    self.validation = validation.sorted()
    self.test = test.sorted()
  }
}
