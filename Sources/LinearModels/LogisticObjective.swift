import Parallel
import Tensors

/// J and ∇J of a logistic problem with one penalty, with the memory that evaluating them needs.
///
/// The rows are cut into parts by their number alone; each part adds up its own gradient and the parts are added in
/// order, so the result has the same bits on any number of threads.
struct LogisticObjective: PreconditionedObjective {
  private let problem: LogisticProblem
  private let ridge: Double
  private let rowsPerPart: Int
  private let layout: LogisticPart.Layout
  private var memory: Tensor<Double>

  init(problem: LogisticProblem, ridge: Double) {
    self.problem = problem
    self.ridge = ridge
    let rows = problem.features.shape[0]
    rowsPerPart = max(2 * LogisticPart.blockRows, (rows + 7) / 8)
    layout = LogisticPart.Layout(
      classes: problem.classCount, columns: problem.features.shape[1], rows: min(rows, rowsPerPart))
    memory = .zeros([(rows + rowsPerPart - 1) / rowsPerPart, layout.count])
  }

  /// Evaluates J and ∇J, and remembers the curvature of each row for ``preconditioner()``.
  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double {
    let (problem, layout, rowsPerPart) = (problem, layout, rowsPerPart)
    let parts = memory.shape[0]
    let rows = problem.labels.count
    let loss = memory.withDisjointSlices { memory in
      parallelFor(parts) { part in
        LogisticPart(
          problem: problem, rows: part * rowsPerPart..<min(rows, (part + 1) * rowsPerPart), layout: layout,
          memory: memory[part * layout.count..<(part + 1) * layout.count]
        ).evaluate(at: parameters)
      }
      return gradient.withUnsafeMutableBufferPointer { gradient in
        gradient.update(repeating: 0)
        return (0..<parts).reduce(0) { loss, part in
          let memory = memory[part * layout.count..<(part + 1) * layout.count]
          Double.axpy(1, UnsafeBufferPointer(rebasing: memory[layout.gradient]), gradient)
          return loss + memory[layout.loss]
        }
      }
    }
    return finish(loss: loss, rows: Double(rows), parameters: parameters, gradient: &gradient)
  }

  /// Divides by n and adds the penalty of the weights, which are all columns but the last.
  private func finish(
    loss: Double, rows: Double, parameters: Tensor<Double>, gradient: inout Tensor<Double>
  ) -> Double {
    let stride = layout.columns + 1
    let squares = gradient.withUnsafeMutableBufferPointer { gradient in
      parameters.withUnsafeBufferPointer { parameters in
        var squares = 0.0
        for index in gradient.indices {
          let weight = index % stride == layout.columns ? 0 : parameters[index]
          gradient[index] = gradient[index] / rows + ridge * weight
          squares += weight * weight
        }
        return squares
      }
    }
    return loss / rows + ridge / 2 * squares
  }

  /// K/(K − 1) times the mean of the classes' own Hessians at the point that was evaluated last, factorized.
  ///
  /// B = X̃ᵀ·diag(v)·X̃/n + λD with X̃ = [X, 1], vᵢ = (1 − Σₖ pᵢₖ²)/(K − 1), and D the identity but for a 0 at the
  /// intercept. For two classes, and where all probabilities are 1/K, that is the exact Hessian in the gauge Σₖ wₖ = 0. A
  /// jitter of 10⁻⁸ times the mean of the diagonal, more where needed, makes B positive definite. Source of the idea, with the bound vᵢ = ½: D. Böhning, *Multinomial logistic
  /// regression algorithm*, Annals of the Institute of Statistical Mathematics 44 (1992).
  mutating func preconditioner() -> CholeskyFactorization? {
    var matrix = weightedGram()
    let size = layout.columns + 1
    let trace = (0..<size).reduce(0) { $0 + matrix[$1, $1] }
    for index in 0..<layout.columns { matrix[index, index] += ridge }
    var jitter = max(1e-8 * trace / Double(size), .leastNormalMagnitude)
    while jitter.isFinite {
      for index in 0..<size { matrix[index, index] += jitter }
      if let factorization = CholeskyFactorization(matrix) { return factorization }
      jitter *= 100
    }
    return nil
  }

  private mutating func weightedGram() -> Tensor<Double> {
    let (problem, layout, rowsPerPart) = (problem, layout, rowsPerPart)
    let (parts, rows, size) = (memory.shape[0], problem.labels.count, layout.columns + 1)
    var grams = Tensor<Float>.zeros([parts, size, size])
    memory.withDisjointSlices { memory in
      grams.withDisjointSlices { grams in
        parallelFor(parts) { part in
          LogisticPart(
            problem: problem, rows: part * rowsPerPart..<min(rows, (part + 1) * rowsPerPart), layout: layout,
            memory: memory[part * layout.count..<(part + 1) * layout.count]
          ).addWeightedGram(to: grams[part * size * size..<(part + 1) * size * size])
        }
      }
    }
    var sum = Tensor<Double>.zeros([size, size])
    sum.withUnsafeMutableBufferPointer { sum in
      grams.withUnsafeBufferPointer { grams in
        for index in grams.indices { sum[index % (size * size)] += Double(grams[index]) }
      }
    }
    return sum
  }
}
