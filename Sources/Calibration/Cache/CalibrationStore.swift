import Foundation
import Parallel
import Spectral
import Tensors

/// The calibrations that are kept in a ``CacheFolder``.
public struct CalibrationStore: Sendable {
  /// A measured cost model of this machine in both precisions.
  public struct Calibration: Sendable {
    /// The costs.
    public let models: CostModels
    /// When the older of the two was measured, in ISO 8601.
    public let date: String
  }

  /// Where they are kept.
  public let folder: CacheFolder

  /// Names the folder.
  public init(_ folder: CacheFolder = .standard) { self.folder = folder }

  /// The file.
  public var path: String { folder.url.appendingPathComponent(CalibrationFile.name).path }

  /// The calibration of this machine, libraries and number of threads.
  ///
  /// - Returns: The calibration, or `nil` where there is none.
  /// - Throws: `InputError` where the file cannot be used.
  public func load() throws -> Calibration? {
    guard let data = try folder.read(CalibrationFile.name) else { return nil }
    let file = try CalibrationFile(data, path: path)
    guard let float = file[.current(Float.self)], let double = file[.current(Double.self)] else { return nil }
    return Calibration(
      models: CostModels(float: float.model, double: double.model), date: min(float.date, double.date))
  }

  /// Keeps a calibration of this process, beside those of others.
  ///
  /// - Parameter models: The costs.
  /// - Throws: `InputError` where the folder cannot be written.
  public func save(_ models: CostModels) throws {
    let date = Date().formatted(.iso8601)
    try folder.update(CalibrationFile.name) { data in
      var file = data.flatMap { try? CalibrationFile($0, path: path) } ?? CalibrationFile()
      file.insert(.init(key: .current(Float.self), date: date, model: models.float))
      file.insert(.init(key: .current(Double.self), date: date, model: models.double))
      return try file.encoded()
    }
  }
}
