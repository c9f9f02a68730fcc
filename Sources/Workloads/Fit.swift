import Formats
import LinearModels
import Tensors

/// Multinomial logistic regression with ridge on Gaussian classes, solved at least as far as the peer solves it.
package struct Fit: Workload {
  let rows: Int
  let columns: Int
  let classes: Int

  /// Names the sizes.
  package init(rows: Int, columns: Int, classes: Int) {
    (self.rows, self.columns, self.classes) = (rows, columns, classes)
  }

  package var name: String { "fit-\(rows)-\(columns)" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    let means = Tensor<Double>.normal([classes, columns], stream.split("means"))
    let labels = (0..<rows).map { $0 % classes }
    var features = Tensor<Double>.normal([rows, columns], stream.split("noise"))
    features.add(Self.spread * means.gatheringRows(labels), times: 1)
    return Ours(features, labels, classes)
  }

  /// The standard deviation of the class means, in that of the noise: a few per cent of the images are ambiguous.
  private static let spread = 0.15

  private final class Ours: Contender {
    let tolerance = 1e-3
    private let features: Tensor<Double>
    private let labels: [Int]
    private let classes: Int
    private let ridge: Double
    /// The smallest norm that a peer has reached; the solver's own where there was none.
    private var peerGradientNorm: Double?
    private var fit: LogisticFit?

    init(_ features: Tensor<Double>, _ labels: [Int], _ classes: Int) {
      self.features = features
      self.labels = labels
      self.classes = classes
      ridge = 1 / Double(labels.count)
    }

    var inputs: [(name: String, array: NumPyArray)] {
      [("features", NumPyArray(features)), ("labels", NumPyArray(labels)), ("ridge", NumPyArray(Tensor([ridge])))]
    }

    func run() throws {
      fit = try LogisticRegression.fit(
        features: features, labels: labels, classCount: classes, ridge: ridge,
        options: peerGradientNorm.map { SolverOptions(tolerance: $0) } ?? SolverOptions())
    }

    /// The difference of the objectives, infinite when we do not converge; from here on our gradient must be as small as
    /// the peer's.
    func difference(from result: NPZArchive) throws -> Double {
      let peer = try LogisticRegression(weights: result["weights"].tensor(), intercepts: result["intercepts"].tensor())
      let problem = try LogisticProblem(features: features, labels: labels, classCount: classes)
      let (objective, gradient) = problem.objective(at: peer, ridge: ridge)
      peerGradientNorm = min(peerGradientNorm ?? .infinity, gradient.norm)
      try run()
      guard let fit, fit.converged else { return .infinity }
      return abs(objective / fit.objective - 1)
    }

    func remark(seconds: Double) -> String {
      let iterations = fit.map { "\($0.iterations) iterations" } ?? ""
      return iterations + (peerGradientNorm.map { String(format: ", gradient norm at most the peer's %.1e", $0) } ?? "")
    }
  }
}
