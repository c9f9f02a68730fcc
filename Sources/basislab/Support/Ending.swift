import ArgumentParser
import Foundation
import Tensors

/// What the name of an output file ends in, which decides the format.
enum Ending: String {
  case npy, npz, png, svg, csv

  /// Reads the ending of a name, in capitals or not.
  ///
  /// - Parameters:
  ///   - path: The name of a file.
  ///   - accepted: The endings that are possible.
  ///   - place: What an error names first, such as an option; the file when left out.
  /// - Throws: `InputError` where the name ends differently.
  init(of path: String, among accepted: [Ending], for place: String? = nil) throws {
    let found = Ending(rawValue: (path as NSString).pathExtension.lowercased())
    guard let found, accepted.contains(found) else {
      let list = accepted.map { ".\($0)" }.joined(separator: " or ")
      throw InputError(
        place ?? path, "expected a name that ends in \(list)" + (place == nil ? "" : ", got '\(path)'"))
    }
    self = found
  }
}
