public import Datasets
public import Tensors

extension Splits {
  /// Sets a validation part of the training images aside, classes in proportion and whole groups together.
  ///
  /// - Parameters:
  ///   - dataset: What is divided; an official test part is left alone.
  ///   - share: The share of the training images that is set aside, above 0 and below 1.
  ///   - stream: Where the chance comes from.
  /// - Returns: The images to fit to and those to choose by, ascending, both with images of every class.
  /// - Throws: `InputError` when a class has too few images, or lies in too few groups.
  public static func validation(
    of dataset: Dataset, share: Double, from stream: RandomStream
  ) throws -> (train: [Int], validation: [Int]) {
    let parts = try divide(
      dataset, [DivisionPart("train", 1 - share), DivisionPart("validation", share)], from: stream)
    return (parts[0].sorted(), parts[1].sorted())
  }
}
