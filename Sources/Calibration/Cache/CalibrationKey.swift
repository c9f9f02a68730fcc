import Parallel
import Spectral
import Tensors

/// What a calibration holds for: another machine, library, precision or number of threads has other costs.
public struct CalibrationKey: Codable, Hashable, Sendable {
  /// The model of the processor.
  public let processor: String
  /// The threads that shared the work.
  public let threads: Int
  /// The versions of the libraries that compute.
  public let libraries: [String]
  /// NumPy's name of the precision.
  public let precision: String

  /// The key of this process.
  ///
  /// - Parameter precision: The precision.
  /// - Returns: The key.
  public static func current<S: SpectralScalar>(_ precision: S.Type) -> CalibrationKey {
    CalibrationKey(
      processor: Processor.name, threads: ThreadPool.shared.threadCount,
      libraries: [LibraryVersion.fftw, .oneDNN, .openBLAS].map { "\($0.name) \($0.version)" }, precision: S.name)
  }
}
