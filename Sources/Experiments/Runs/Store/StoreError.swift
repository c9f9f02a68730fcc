import Foundation
internal import GRDB
import Tensors

/// Says in words what is wrong with a store, and what to do.
enum StoreError {
  /// Runs `body`; what the database complains of becomes an `InputError` that names its file.
  static func translating<Result>(_ folder: URL, _ body: () throws -> Result) throws -> Result {
    do { return try body() } catch let error as DatabaseError {
      throw describe(error, folder.appendingPathComponent(RunStore.fileName))
    }
  }

  /// The error for a store that a newer version has changed.
  static func newer(_ file: URL) -> InputError {
    InputError(
      file.relativePath, "was written by a newer version of BasisLab than this one, \(CodeVersion.current)",
      remedy: "Update BasisLab, or choose another folder. The store is unchanged.")
  }

  /// The error for a store whose pages contradict each other, or that is none.
  static func damaged(_ file: URL, _ complaint: String?) -> InputError {
    let detail = complaint.map { " (\($0.split(separator: "\n").last ?? ""))" } ?? ""
    return InputError(
      file.relativePath, "is damaged, or no store of runs\(detail)",
      remedy: "Move it away: a new one is made, and the folders of the runs beside it keep their results.")
  }

  private static func describe(_ error: DatabaseError, _ file: URL) -> InputError {
    let path = file.relativePath
    return switch error.resultCode {
    case .SQLITE_CORRUPT, .SQLITE_NOTADB: damaged(file, error.message)
    case .SQLITE_FULL, .SQLITE_IOERR, .SQLITE_NOLFS:
      InputError(
        path, "cannot be written: is the disk full? (\(error.message ?? "\(error.resultCode)"))",
        remedy: "What was recorded before is safe. Make room, then go on with 'basislab compare --resume RUN'.")
    case .SQLITE_READONLY, .SQLITE_CANTOPEN, .SQLITE_PERM, .SQLITE_AUTH:
      InputError(
        path, "not allowed to write here",
        remedy: "Check the permissions of the folder and of the file, or choose another folder with --output.")
    case .SQLITE_BUSY, .SQLITE_LOCKED:
      InputError(path, "another process has held the store for a minute", remedy: "Wait for it, or end it.")
    default: InputError(path, "the store fails: \(error.message ?? "\(error.resultCode)")")
    }
  }
}
