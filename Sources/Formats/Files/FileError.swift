import Foundation
import Tensors

/// Says in words what the operating system refused, and what to do.
enum FileError {
  /// The error for a file that cannot be read.
  static func reading(_ path: String, _ code: Int32) -> InputError {
    switch code {
    case ENOENT: InputError(path, "there is no such file", remedy: "Check the name, and the folder that it is in.")
    case EACCES, EPERM: InputError(path, "not allowed to read the file", remedy: "Check its permissions with ls -l.")
    default: InputError(path, "cannot be read: \(String(cString: strerror(code)))")
    }
  }

  /// The error for a file that cannot be written.
  static func writing(_ path: String, _ code: Int32) -> InputError {
    let folder = (path as NSString).deletingLastPathComponent
    return switch code {
    case ENOTDIR:
      InputError(
        path, "'\(firstFile(above: path))' is a file, not a folder", remedy: "Choose the name of another folder.")
    case ENOENT where !FileManager.default.fileExists(atPath: folder):
      InputError(path, "the folder '\(folder)' does not exist", remedy: "Create it with: mkdir -p '\(folder)'")
    case EACCES, EPERM, EROFS:
      InputError(
        path, "not allowed to write in '\(folder)'", remedy: "Choose another folder, or change its permissions.")
    case ENOSPC, EDQUOT:
      InputError(path, "no space left on the disk; nothing was written", remedy: "Free some space, or write elsewhere.")
    case EFBIG:
      InputError(
        path, "the file is larger than the system allows; nothing was written",
        remedy: "Raise the limit (ulimit -f), or write elsewhere.")
    default: InputError(path, "cannot be written: \(String(cString: strerror(code)))")
    }
  }

  /// The nearest thing above a path that exists.
  private static func firstFile(above path: String) -> String {
    var result = (path as NSString).deletingLastPathComponent
    while !FileManager.default.fileExists(atPath: result) && result.count > 1 {
      result = (result as NSString).deletingLastPathComponent
    }
    return result
  }
}
