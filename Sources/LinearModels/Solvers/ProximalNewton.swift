import Tensors

/// The sum of half the mean deviance, a ridge and a sparsity term, minimised by proximal Newton steps.
///
/// Each step minimises the quadratic model with the Gram matrix B of the rows' curvatures by ``QuadraticModel`` and
/// goes there, halving the step until the objective decreases enough. For one score per row B is the expected Hessian.
/// For K classes B acts on each class alike and its scale follows the curvature that was met; when a step leaves the
/// same weights 0, L-BFGS goes on among the others (``FaceObjective``). Sources: J. D. Lee, Y. Sun, M. A. Saunders,
/// *Proximal Newton-type methods for minimizing composite functions*, SIAM J. Optim. 24 (2014); Z. Wen, W. Yin, D.
/// Goldfarb, Y. Zhang, *A fast algorithm for sparse reconstruction based on shrinkage, subspace optimization, and
/// continuation*, SIAM J. Sci. Comput. 32 (2010).
struct ProximalNewton {
  private(set) var point: Tensor<Double>
  private(set) var gradient: Tensor<Double>
  private(set) var iterations = 0

  private var objective: GLMObjective<Double>
  private let term: SparsityTerm
  private var smooth: Double
  private var model: QuadraticModel?
  private var scale = 1.0
  private var trialPoint: Tensor<Double>
  private var trialGradient: Tensor<Double>

  /// How many steps in a row may leave the gradient as large as it was before rounding is taken to be reached.
  private static let patience = 20
  /// How many proximal steps a model of several classes serves.
  private static let modelLife = 5
  /// How many iterations among the weights that are not 0 are taken at once.
  private static let faceIterations = 200

  init(problem: GLMProblem, ridge: Double, term: SparsityTerm, start: Tensor<Double>) {
    objective = GLMObjective(problem: problem, ridge: ridge)
    self.term = term
    point = start
    gradient = .zeros(start.shape)
    trialPoint = .zeros(start.shape)
    trialGradient = .zeros(start.shape)
    smooth = objective.evaluate(at: start, gradient: &gradient)
  }

  /// The objective.
  var value: Double { smooth + term.value(point) }

  /// The norm of the smallest subgradient.
  var gradientNorm: Double { term.violations(point, gradient: gradient).reduce(0, +).squareRoot() }

  /// Takes steps until the smallest subgradient is small, the iterations are used up, or nothing makes it smaller.
  mutating func run(tolerance: Double, maximumIterations: Int) {
    var (smallest, idle, steps) = (Double.infinity, 0, 0)
    while gradientNorm > tolerance && iterations < maximumIterations && idle < Self.patience {
      let (before, norm, pattern) = (value, gradientNorm, zeros)
      if model == nil || !(isQuadratic || isApproximate && steps % Self.modelLife != 0) { updateModel() }
      guard step(norm) else { break }
      (iterations, steps) = (iterations + 1, steps + 1)
      if isApproximate && zeros == pattern && gradientNorm > tolerance {
        let aim = max(0.5 * tolerance, 0.1 * gradientNorm)
        descendAmongNonZero(tolerance: aim, maximumIterations: maximumIterations - iterations)
      }
      smallest = min(smallest, norm)
      idle = before - value <= 1e-15 * max(1e-3, abs(before)) && gradientNorm > 0.99 * smallest ? idle + 1 : 0
    }
  }

  /// Whether B is not the expected Hessian.
  private var isApproximate: Bool { point.shape[0] > 1 }

  /// Whether B is the same at all points.
  private var isQuadratic: Bool { objective.problem.family == .gaussian && objective.problem.link == .identity }

  /// Which weights are 0.
  private var zeros: [Bool] { point.withUnsafeBufferPointer { $0.map { $0 == 0 } } }

  private mutating func updateModel() {
    var matrix = isQuadratic ? objective.weightedGram(as: Double.self) : objective.weightedGram(as: Float.self)
    let jitter = isQuadratic ? 0 : 1e-7 * matrix.meanOfDiagonal
    for column in 0..<matrix.shape[0] - 1 { matrix[column, column] += objective.ridge + jitter }
    model = QuadraticModel(matrix: matrix, term: term)
  }

  private mutating func step(_ norm: Double) -> Bool {
    guard let model else { return false }
    var target = point
    model.minimize(from: &target, gradient: gradient, scale: scale, tolerance: 0.1 * norm)
    return move(along: target - point)
  }

  /// Moves along a direction as far as the objective decreases enough; false when it never does.
  private mutating func move(along direction: Tensor<Double>) -> Bool {
    let old = value
    let rounding = 64 * Double.epsilon * max(1, abs(old))
    let predicted = min(0, gradient.dot(direction) + term.value(point + direction) - term.value(point))
    var length = 1.0
    for _ in 0..<40 {
      trialPoint.copyElements(of: point)
      trialPoint.add(direction, times: length)
      let trial = objective.evaluate(at: trialPoint, gradient: &trialGradient)
      if trial + term.value(trialPoint) <= old + 1e-4 * length * predicted + rounding {
        adaptScale(direction, length)
        take(trial)
        return true
      }
      length /= 2
    }
    return false
  }

  private mutating func take(_ value: Double) {
    swap(&point, &trialPoint)
    swap(&gradient, &trialGradient)
    smooth = value
  }

  /// Sets the scale of B to the curvature along the last step, ΔᵀHΔ/ΔᵀBΔ, within bounds.
  private mutating func adaptScale(_ direction: Tensor<Double>, _ length: Double) {
    guard isApproximate, let model else { return }
    let curvature = (trialGradient.dot(direction) - gradient.dot(direction)) / length
    let modelled = direction.dot(direction.matrixProduct(model.matrix))
    guard curvature > 0 && modelled > 0 else { return }
    scale = min(max(curvature / modelled, 0.2), 5)
  }

  /// Minimises over the weights that are not 0.
  private mutating func descendAmongNonZero(tolerance: Double, maximumIterations: Int) {
    guard maximumIterations > 0 else { return }
    var face = FaceObjective(objective, term, at: point)
    let minimum = LBFGS.minimize(
      &face, from: point,
      options: SolverOptions(
        tolerance: tolerance, maximumIterations: min(maximumIterations, Self.faceIterations)))
    objective = face.objective
    iterations += minimum.iterations
    trialPoint = minimum.point
    take(objective.evaluate(at: minimum.point, gradient: &trialGradient))
  }
}
