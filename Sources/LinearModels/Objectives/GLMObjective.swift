import Parallel
import Tensors

/// Half the mean deviance of a problem plus (λ₂/2)‖W‖², with its gradient and the memory that evaluating them needs.
///
/// The rows are cut into parts by their number alone; each part adds up its own gradient and the parts are added in
/// order, so the result has the same bits on any number of threads.
struct GLMObjective: PreconditionedObjective {
  let problem: GLMProblem
  let ridge: Double
  private let rowsPerPart: Int
  private let layout: GLMPart.Layout
  private var memory: Tensor<Double>

  init(problem: GLMProblem, ridge: Double) {
    self.problem = problem
    self.ridge = ridge
    let rows = problem.rowCount
    rowsPerPart = max(2 * GLMPart.blockRows, (rows + 7) / 8)
    layout = GLMPart.Layout(
      scores: problem.scoreCount, columns: problem.featureCount, rows: min(rows, rowsPerPart))
    memory = .zeros([(rows + rowsPerPart - 1) / rowsPerPart, layout.count])
  }

  /// Evaluates the objective and its gradient, and remembers the curvature of each row.
  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double {
    let (parts, layout, all) = (memory.shape[0], layout, allParts)
    memory.withDisjointSlices { memory in
      parallelFor(parts) { all($0, memory).evaluate(at: parameters) }
    }
    let loss = memory.withUnsafeBufferPointer { memory in
      gradient.withUnsafeMutableBufferPointer { gradient in
        gradient.update(repeating: 0)
        return (0..<parts).reduce(0) { loss, part in
          let memory = UnsafeBufferPointer(rebasing: memory[part * layout.count..<(part + 1) * layout.count])
          Double.axpy(1, UnsafeBufferPointer(rebasing: memory[layout.gradient]), gradient)
          return loss + memory[layout.loss]
        }
      }
    }
    return finish(loss: loss, parameters: parameters, gradient: &gradient)
  }

  /// Makes the part of a number, which alone uses its memory.
  private var allParts: @Sendable (_ part: Int, _ memory: DisjointSlices<Double>) -> GLMPart {
    let (problem, layout, rowsPerPart) = (problem, layout, rowsPerPart)
    return { part, memory in
      GLMPart(
        problem: problem, rows: part * rowsPerPart..<min(problem.rowCount, (part + 1) * rowsPerPart), layout: layout,
        memory: memory[part * layout.count..<(part + 1) * layout.count])
    }
  }

  /// Divides by Σw and adds the penalty of the weights, which are all columns but the last.
  private func finish(loss: Double, parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double {
    let (stride, columns, total, ridge) = (layout.columns + 1, layout.columns, problem.totalWeight, ridge)
    let squares = gradient.withUnsafeMutableBufferPointer { gradient in
      parameters.withUnsafeBufferPointer { parameters in
        var squares = 0.0
        for index in gradient.indices {
          let weight = index % stride == columns ? 0 : parameters[index]
          gradient[index] = gradient[index] / total + ridge * weight
          squares += weight * weight
        }
        return squares
      }
    }
    return loss / total + ridge / 2 * squares
  }

  /// The largest number of columns for which ``preconditioner()`` makes a matrix.
  private static let largestPreconditioner = 4096

  /// The Gram matrix with the curvatures at the point that was evaluated last, and the ridge, factorized.
  ///
  /// B = X̃ᵀ·diag(v)·X̃/Σw + λ₂D with X̃ = [X, 1] and D the identity but for a 0 at the intercept. For one score per
  /// row v is the row's own curvature and B the expected Hessian. For K classes vᵢ = (1 − Σₖ pᵢₖ²)/(K − 1), and B is
  /// K/(K − 1) times the mean of the classes' own Hessians: for two classes, and where all probabilities are 1/K, that
  /// is the exact Hessian in the gauge Σₖ wₖ = 0. A jitter of 10⁻⁸ times the mean of the diagonal, more where needed,
  /// makes B positive definite. Above 4096 columns there is none. Source of the idea, with the bound vᵢ = ½: D.
  /// Böhning, *Multinomial logistic regression algorithm*, Annals of the Institute of Statistical Mathematics 44
  /// (1992).
  mutating func preconditioner() -> (any Preconditioner)? {
    guard layout.columns <= Self.largestPreconditioner else { return nil }
    var matrix = weightedGram(as: Float.self)
    let scale = matrix.meanOfDiagonal
    addRidge(to: &matrix)
    return matrix.jitteredCholesky(scale: scale)
  }

  /// Always: half the mean deviance and the ridge are smooth.
  func isSmooth(upTo point: Tensor<Double>) -> Bool { true }

  /// X̃ᵀ·diag(v)·X̃/Σw, `[D + 1, D + 1]`, with the curvatures v at the point that was evaluated last.
  mutating func weightedGram<Element: Scalar>(as type: Element.Type) -> Tensor<Double> {
    let size = layout.columns + 1
    return sumOfParts(Element.self, count: size * size) { $0.addWeightedGram(to: $1) }.reshaped([size, size])
  }

  /// The expected Hessian at the point that was evaluated last, `[P, P]` with P = K(D + 1), ridge included.
  ///
  /// For the multinomial family only the blocks on and below the diagonal are filled.
  mutating func hessian(at parameters: Tensor<Double>) -> Tensor<Double> {
    guard problem.family == .multinomial else {
      var matrix = weightedGram(as: Double.self)
      addRidge(to: &matrix)
      return matrix
    }
    let size = parameters.count
    var matrix = sumOfParts(Double.self, count: size * size) {
      $0.addMultinomialHessian(at: parameters, to: $1)
    }.reshaped([size, size])
    addRidge(to: &matrix)
    return matrix
  }

  /// The number of bytes that matrices of parts may take together, beyond the two that there always are.
  private static let matrixBytes = 1 << 28

  /// The sum of matrices to which parts add; as many are made as fit the memory, each for some consecutive parts.
  private mutating func sumOfParts<Element: Scalar>(
    _ type: Element.Type, count: Int, _ add: @Sendable (GLMPart, UnsafeMutableBufferPointer<Element>) -> Void
  ) -> Tensor<Double> {
    let (all, parts) = (allParts, memory.shape[0])
    let matrixCount = min(parts, max(2, Self.matrixBytes / (count * MemoryLayout<Element>.stride)))
    var matrices = Tensor<Element>.zeros([matrixCount, count])
    memory.withDisjointSlices { memory in
      matrices.withDisjointSlices { matrices in
        parallelFor(matrixCount) { index in
          let matrix = matrices[index * count..<(index + 1) * count]
          for part in index * parts / matrixCount..<(index + 1) * parts / matrixCount { add(all(part, memory), matrix) }
        }
      }
    }
    return Tensor(shape: [count]) { sum in
      matrices.withUnsafeBufferPointer { matrices in
        for index in 0..<count {
          sum[index] = stride(from: index, to: matrices.count, by: count).reduce(0) { $0 + Double(matrices[$1]) }
        }
      }
    }
  }

  private func addRidge(to matrix: inout Tensor<Double>) {
    for index in 0..<matrix.shape[0] where index % (layout.columns + 1) != layout.columns {
      matrix[index, index] += ridge
    }
  }
}

extension Tensor where Element == Double {
  /// The mean of the elements on the diagonal of a square matrix.
  var meanOfDiagonal: Double { (0..<shape[0]).reduce(0) { $0 + self[$1, $1] } / Double(shape[0]) }

  /// The factorization of a positive semidefinite matrix with a jitter of 10⁻⁸ times a scale, more where needed; `nil`
  /// where an element is not finite.
  func jitteredCholesky(scale: Double) -> CholeskyFactorization? {
    var matrix = self
    var jitter = Swift.max(1e-8 * scale, .leastNormalMagnitude)
    while jitter.isFinite {
      for index in 0..<shape[0] { matrix[index, index] += jitter }
      if let factorization = CholeskyFactorization(matrix) { return factorization }
      jitter *= 100
    }
    return nil
  }
}
