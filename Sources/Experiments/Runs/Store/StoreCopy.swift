import Foundation
import Tensors

/// A store in a folder that may not be written to, which SQLite cannot read in place.
enum StoreCopy {
  /// Calls `body` with a copy of a store, which is removed when it returns; on Unix an open file outlives its name.
  static func reading<Result>(_ file: URL, _ body: (URL) throws -> Result) throws -> Result {
    let files = FileManager.default
    let folder = files.temporaryDirectory.appendingPathComponent("basislab-\(UUID().uuidString)")
    do {
      try files.createDirectory(at: folder, withIntermediateDirectories: true)
      defer { try? files.removeItem(at: folder) }
      let copy = folder.appendingPathComponent(file.lastPathComponent)
      for ending in ["", "-wal", "-journal"] where files.fileExists(atPath: file.path + ending) {
        try files.copyItem(atPath: file.path + ending, toPath: copy.path + ending)
        try files.setAttributes([.posixPermissions: 0o600], ofItemAtPath: copy.path + ending)
      }
      return try body(copy)
    } catch let error as CocoaError {
      throw InputError(file.path, "cannot be read: \(error.localizedDescription)")
    }
  }
}
