public import Foundation
internal import GRDB
import Tensors

/// The database of the runs in a folder, `basislab.sqlite`.
///
/// | table | one row for each |
/// |---|---|
/// | `run` | run: name, version, times, resolved configuration and environment (JSON) |
/// | `arena` | data set at one training-set size: checksum, facts and, once it is finished, the table (JSON) |
/// | `unit` | model in one repeat |
/// | `evaluation` | look at validation or test images, with its purpose and scores |
/// | `checkpoint` | unit whose table is not finished yet: probabilities and filters, as NPY |
///
/// Each unit is one transaction, written ahead to `basislab.sqlite-wal`: a process that is killed loses the units under
/// way and nothing else. Several processes may use one store at a time. All errors are `InputError`s that say what is
/// wrong with the file and what to do.
public final class RunStore: Sendable {
  /// The name of the database in the folder of runs.
  public static let fileName = "basislab.sqlite"

  /// The folder of runs.
  public let folder: URL

  private let queue: DatabaseQueue

  private init(folder: URL, database: URL, isWritten: Bool) throws {
    self.folder = folder
    queue = try StoreError.translating(folder) {
      let exists = FileManager.default.fileExists(atPath: database.path)
      try Self.rollBack(database)
      let reader = try exists ? Self.checked(database, in: folder) : nil
      if let reader, try !isWritten && reader.read(StoreSchema.migrator.hasCompletedMigrations) { return reader }
      var configuration = Configuration()
      configuration.journalMode = .wal
      configuration.busyMode = .timeout(60)
      let writer = try DatabaseQueue(path: database.path, configuration: configuration)
      try StoreSchema.migrator.migrate(writer)
      return writer
    }
  }

  /// Takes back what a process left half done that was killed while it made the store: a connection that may not write could
  /// not.
  private static func rollBack(_ database: URL) throws {
    guard FileManager.default.fileExists(atPath: database.path + "-journal") else { return }
    var configuration = Configuration()
    configuration.busyMode = .timeout(60)
    _ = try DatabaseQueue(path: database.path, configuration: configuration).read {
      try Int.fetchOne($0, sql: "PRAGMA schema_version")
    }
  }

  /// A connection that changes nothing, to a store that is whole and not of a newer version.
  private static func checked(_ database: URL, in folder: URL) throws -> DatabaseQueue {
    var configuration = Configuration()
    configuration.readonly = true
    configuration.busyMode = .timeout(60)
    let queue = try DatabaseQueue(path: database.path, configuration: configuration)
    try queue.read { connection in
      let complaint = try String.fetchOne(connection, sql: "PRAGMA quick_check(1)")
      if complaint != "ok" { throw StoreError.damaged(file(in: folder), complaint) }
      if try StoreSchema.migrator.hasBeenSuperseded(connection) { throw StoreError.newer(file(in: folder)) }
    }
    return queue
  }

  /// Opens the store of a folder to record runs in it; folder and store are made where they are missing.
  ///
  /// - Parameter folder: The folder of runs.
  /// - Returns: The store.
  /// - Throws: `InputError` where the folder cannot be made or written, or the store is damaged or of a newer version.
  public static func open(in folder: URL) throws -> RunStore {
    try makeFolder(folder)
    return try FileLock.holding(folder) { try RunStore(folder: folder, database: file(in: folder), isWritten: true) }
  }

  /// Opens the store of a folder to read from it.
  ///
  /// In a folder that may not be written to, a temporary copy is read.
  ///
  /// - Parameter folder: The folder of runs.
  /// - Returns: The store.
  /// - Throws: `InputError` where there is none, or it is damaged or of a newer version.
  public static func existing(in folder: URL) throws -> RunStore {
    guard FileManager.default.fileExists(atPath: file(in: folder).path) else {
      throw InputError(
        file(in: folder).relativePath, "there is no store of runs here",
        remedy: "'basislab compare' makes one in the folder 'runs'; --runs FOLDER names another.")
    }
    guard access(folder.path, W_OK) != 0 || access(file(in: folder).path, W_OK) != 0 else {
      return try RunStore(folder: folder, database: file(in: folder), isWritten: false)
    }
    return try StoreCopy.reading(file(in: folder)) { try RunStore(folder: folder, database: $0, isWritten: false) }
  }

  /// Reads in one transaction.
  func read<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(folder) { try queue.read(body) }
  }

  /// Writes in one transaction: all of it happens, or nothing.
  func write<Result>(_ body: (Database) throws -> Result) throws -> Result {
    try StoreError.translating(folder) { try queue.write(body) }
  }

  private static func file(in folder: URL) -> URL { folder.appendingPathComponent(fileName) }

  private static func makeFolder(_ folder: URL) throws {
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    } catch {
      var isFolder: ObjCBool = true
      let isFile = FileManager.default.fileExists(atPath: folder.path, isDirectory: &isFolder) && !isFolder.boolValue
      throw InputError(
        folder.path,
        isFile ? "is a file; a folder for the runs was expected" : "no folder for the runs can be made here",
        remedy: "Choose a folder that you may write to with --output.")
    }
  }
}
