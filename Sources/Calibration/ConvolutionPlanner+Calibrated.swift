import Parallel
import Spectral

extension ConvolutionPlanner {
  /// Predicts for the threads of this process, by what is known of this machine: its calibration, or built-in costs where
  /// there is none; and teaches FFTW the wisdom that is kept.
  ///
  /// - Parameters:
  ///   - folder: Where both are kept.
  ///   - warn: Receives one line where there is a file that cannot be used.
  /// - Returns: The planner.
  public static func calibrated(in folder: CacheFolder = .standard, warn: (String) -> Void) -> ConvolutionPlanner {
    do { try WisdomStore(folder).load() } catch { warn("warning: \(error); transforms are planned without it") }
    let threads = ThreadPool.shared.threadCount
    do {
      return ConvolutionPlanner(try CalibrationStore(folder).load()?.models ?? .builtIn, threads: threads)
    } catch {
      warn("warning: \(error); built-in costs are used ('basislab calibrate' measures them anew)")
      return ConvolutionPlanner(.builtIn, threads: threads)
    }
  }
}
