import Formats
import Foundation
import Spectral
import Tensors

/// The calibrations of a user, of every machine and number of threads that shares the folder, as one JSON document.
struct CalibrationFile: Codable {
  /// One measured cost model.
  struct Entry: Codable {
    let key: CalibrationKey
    /// When it was measured, in ISO 8601.
    let date: String
    let model: CostModel
  }

  static let name = "calibration.json"
  /// Changes whenever a quantity changes its meaning or its time, so that nothing old is misread.
  private static let currentFormat = 2

  private let format: Int
  private(set) var entries: [Entry]

  init() {
    format = Self.currentFormat
    entries = []
  }

  /// Reads a document.
  ///
  /// - Parameters:
  ///   - data: Its bytes.
  ///   - path: What an error calls it.
  /// - Throws: `InputError` where it is damaged, or not one of this version.
  init(_ data: Data, path: String) throws {
    guard let file = try? JSONDecoder().decode(CalibrationFile.self, from: data),
      file.format == Self.currentFormat, file.entries.allSatisfy(\.model.isValid)
    else { throw InputError(path, "is damaged or of another version of basislab") }
    self = file
  }

  /// The entry of a key.
  subscript(key: CalibrationKey) -> Entry? { entries.first { $0.key == key } }

  /// Puts an entry in the place of an older one of the same key.
  mutating func insert(_ entry: Entry) {
    entries.removeAll { $0.key == entry.key }
    entries.append(entry)
  }

  func encoded() throws -> Data { Data(try JSONText.encode(self).utf8 + [UInt8(ascii: "\n")]) }
}
