import Numerics
import Parallel
import Tensors

/// The logarithm of features above a floor that training images set: x ↦ sign(x)·log(1 + |x|/ε), ε a share of the mean of |x|.
///
/// Up to a constant that is log(ε + x) of a feature that is never negative, as the scattering literature takes it. The
/// floor makes it independent of the units of the images, and 0 stays 0. The lower it is, the more the logarithm makes of
/// faint noise. Source: J. Bruna, S. Mallat, *Invariant scattering convolution networks*, IEEE PAMI 35 (2013).
public struct LogCompression: Sendable {
  /// ε as a share of the mean where nobody says otherwise: on validation images of photographs better than a hundredth.
  public static let defaultFloor = 0.5

  /// ε of each feature; 1 where the feature is always 0.
  public let floors: [Double]

  /// Measures features of the training images; never give it validation or test images.
  ///
  /// - Parameters:
  ///   - features: `[N, D]` with N ≥ 1.
  ///   - floor: ε as a share of the mean of |x|, above 0.
  public init(fitting features: Tensor<Double>, floor: Double = LogCompression.defaultFloor) {
    precondition(features.rank == 2 && features.shape[0] >= 1, "expected rows, got shape \(features.shape)")
    precondition(floor > 0, "expected a floor above 0, got \(floor)")
    var sums = [Double](repeating: 0, count: features.shape[1])
    features.forEachRow { _, row in
      for column in sums.indices { sums[column] += abs(row[column]) }
    }
    floors = sums.map { $0 > 0 ? floor * $0 / Double(features.shape[0]) : 1 }
  }

  /// Replaces features by their logarithms.
  ///
  /// - Parameter features: `[N, D]` with as many columns as the training images had.
  public func apply(_ features: inout Tensor<Double>) {
    precondition(features.rank == 2 && features.shape[1] == floors.count, "expected \(floors.count) columns")
    let (rows, width) = (features.shape[0], floors.count)
    features.withDisjointSlices { slices in
      parallelFor(rows) { row in
        let values = slices[row * width..<(row + 1) * width]
        for column in 0..<width {
          let size = Double.log(onePlus: abs(values[column]) / floors[column])
          values[column] = values[column] < 0 ? -size : size
        }
      }
    }
  }
}
