import Tensors

/// Which array of a file says what belongs together: `KEY`, or `KEY:COLUMN` for one column of a matrix.
public struct GroupSelection: Sendable, Equatable, CustomStringConvertible {
  /// The keys that are looked for when none is chosen, in this order.
  public static let automaticKeys = ["groups", "image_id", "files"]

  /// The name of the array.
  public let key: String
  /// The column, from 0, of a matrix with one row per image.
  public let column: Int?

  /// Names an array.
  ///
  /// - Parameters:
  ///   - key: The name of the array.
  ///   - column: The column, from 0, of a matrix; `nil` for a vector.
  public init(key: String, column: Int? = nil) {
    self.key = key
    self.column = column
  }

  /// Reads what a user typed.
  ///
  /// - Parameter text: `KEY` or `KEY:COLUMN`.
  /// - Throws: `InputError` where the key is empty or the column not a number from 0.
  public init(parsing text: String) throws {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false)
    let column = parts.count == 2 ? Int(parts[1]) : nil
    guard (1...2).contains(parts.count), !parts[0].isEmpty, parts.count == 1 || (column ?? -1) >= 0 else {
      throw InputError(
        "groups '\(text)'", "expected KEY, or KEY:COLUMN with a column from 0", remedy: "Example: tile_rc:1.")
    }
    self.init(key: String(parts[0]), column: column)
  }

  /// `KEY` or `KEY:COLUMN`.
  public var description: String { column.map { "\(key):\($0)" } ?? key }
}
