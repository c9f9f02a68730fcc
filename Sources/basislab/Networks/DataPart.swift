import ArgumentParser
import Datasets
import Tensors

/// Which images of a data set: those of the official split.
enum DataPart: String, ExpressibleByArgument, CaseIterable {
  case train, test, all

  /// The images of the part.
  ///
  /// - Parameter collection: All images.
  /// - Returns: Their places.
  /// - Throws: `InputError` where there is no official split but one is asked for.
  func range(of collection: ImageCollection) throws -> Range<Int> {
    guard self != .all else { return 0..<collection.count }
    guard let test = collection.officialTest else {
      throw InputError(
        "--split \(rawValue)", "\(collection.name) has no official split", remedy: "Use '--split all'.")
    }
    return self == .test ? test : 0..<test.lowerBound
  }
}
