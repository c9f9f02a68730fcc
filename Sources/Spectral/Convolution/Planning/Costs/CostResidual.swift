internal import Foundation
internal import Tensors

/// What a sum of costs leaves unexplained on a machine, interpolated between the works that were measured.
///
/// The logarithm of measured over predicted time of a method is taken for a Gaussian process of mean 0 with the covariance
/// k(p, q) = σ²·exp(−‖p − q‖) of works at the places p and q. Its expectation, given measurements r at pᵢ, is
/// Σᵢ wᵢ·k(p, pᵢ) with w = (K + N)⁻¹·r: the measurements where there are some nearby, and 0 far away. N is diagonal, the
/// variance of a measurement, which grows with the time beside that of the fastest method: who loses clearly need not be
/// known well.
///
/// Source: C. E. Rasmussen, C. K. I. Williams, *Gaussian Processes for Machine Learning*, 2006, algorithm 2.1.
struct CostResidual: Codable, Equatable, Sendable {
  /// A work that was measured, with wᵢ of each method.
  private struct Point: Codable, Equatable {
    let place: WorkPlace
    let weights: [ConvolutionMethod: Double]
  }

  private static let variance = 0.3 * 0.3
  private static let noise = 0.1
  private static let noiseOfSlowness = 0.2
  private static let largest = 1.0

  private let points: [Point]

  /// Interpolates between measurements.
  ///
  /// - Parameters:
  ///   - samples: The measurements.
  ///   - model: What predicts them, but for what this explains.
  init(_ samples: [CostSample], beyond model: CostModel) {
    var weights: [ConvolutionWork: [ConvolutionMethod: Double]] = [:]
    for (method, samples) in Dictionary(grouping: samples, by: \.method) {
      for (sample, weight) in zip(samples, Self.weights(samples, model)) {
        weights[sample.work, default: [:]][method, default: 0] += weight
      }
    }
    var seen: Set<ConvolutionWork> = []
    points = samples.map(\.work).filter { seen.insert($0).inserted }.map {
      Point(place: WorkPlace($0), weights: weights[$0]!)
    }
  }

  /// Whether it can be used.
  var isValid: Bool { points.allSatisfy { $0.place.isValid && $0.weights.values.allSatisfy(\.isFinite) } }

  /// The factor by which the time of a method is expected to differ from its costs.
  func factor(of method: ConvolutionMethod, for work: ConvolutionWork) -> Double {
    let place = WorkPlace(work)
    return exp(
      Self.bounded(
        points.reduce(0) { sum, point in
          point.weights[method].map { sum + $0 * Self.covariance(place, point.place) } ?? sum
        }))
  }

  private static func bounded(_ residual: Double) -> Double { max(-largest, min(largest, residual)) }

  private static func covariance(_ place: WorkPlace, _ other: WorkPlace) -> Double {
    variance * exp(-place.distance(to: other))
  }

  /// The weights of one method.
  private static func weights(_ samples: [CostSample], _ model: CostModel) -> [Double] {
    let places = samples.map { WorkPlace($0.work) }
    var matrix = Tensor<Double>.zeros([samples.count, samples.count])
    for row in samples.indices {
      for column in 0...row { matrix[row, column] = covariance(places[row], places[column]) }
      let slowness = noiseOfSlowness * log(samples[row].weight)
      matrix[row, row] += noise * noise + slowness * slowness
    }
    var weights = Tensor(
      samples.map { bounded(log($0.seconds / model.seconds(of: $0.profile))) }, shape: [1, samples.count])
    guard let factorization = CholeskyFactorization(matrix) else { return samples.map { _ in 0 } }
    factorization.solve(&weights)
    return weights.elements
  }
}
