import Parallel
import Tensors

/// Half the mean deviance of a problem plus (λ₂/2)‖W‖², with its gradient and the memory that evaluating them needs.
///
/// The rows are cut into parts by their number alone; each part adds up its own gradient and the parts are added in
/// order, so the result has the same bits on any number of threads.
///
/// The products with the design matrix are computed in the precision `Element`, everything else in `Double`.
struct GLMObjective<Element: ThinScalar>: PreconditionedObjective {
  let problem: GLMProblem
  let ridge: Double
  private let features: Tensor<Element>
  private let rowsPerPart: Int
  let layout: GLMPartLayout
  private var memory: Tensor<Double>
  private var factors: Tensor<Element>

  /// An objective with the design matrix of its problem in another precision.
  init(problem: GLMProblem, features: Tensor<Element>, ridge: Double) {
    self.problem = problem
    self.features = features
    self.ridge = ridge
    let rows = problem.rowCount
    rowsPerPart = max(2 * GLMPartLayout.blockRows, (rows + 7) / 8)
    layout = GLMPartLayout(
      scores: problem.scoreCount, columns: problem.featureCount, rows: min(rows, rowsPerPart))
    let parts = (rows + rowsPerPart - 1) / rowsPerPart
    memory = .zeros([parts, layout.count])
    factors = .zeros([parts, layout.factorCount])
  }

  /// Evaluates the objective and its gradient, and remembers the curvature of each row.
  mutating func evaluate(at parameters: Tensor<Double>, gradient: inout Tensor<Double>) -> Double {
    let layout = layout
    let rounded = parameters.map { Element($0) }
    withParts { parts in parallelFor(parts.count) { parts[$0].evaluate(at: rounded) } }
    let loss = memory.withUnsafeBufferPointer { memory in
      gradient.withUnsafeMutableBufferPointer { gradient in
        gradient.update(repeating: 0)
        return stride(from: 0, to: memory.count, by: layout.count).reduce(0) { loss, start in
          let memory = UnsafeBufferPointer(rebasing: memory[start..<start + layout.count])
          Double.axpy(1, UnsafeBufferPointer(rebasing: memory[layout.gradient]), gradient)
          return loss + memory[layout.loss]
        }
      }
    }
    return finish(loss: loss, parameters: parameters, gradient: &gradient)
  }

  /// 64 units of `Double` for its sums, or half a unit of `Element` for products, whose errors average out over rows.
  var rounding: Double { max(64 * Double.epsilon, Double(Element.epsilon) / 2) }

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

  /// Calls a function with all parts; each may be used by one thread at a time.
  mutating func withParts(_ body: (GLMParts<Element>) -> Void) {
    let (problem, features, layout, rowsPerPart) = (problem, features, layout, rowsPerPart)
    memory.withDisjointSlices { memory in
      factors.withDisjointSlices { factors in
        body(
          GLMParts(
            problem: problem, features: features, layout: layout, rowsPerPart: rowsPerPart, memory: memory,
            factors: factors))
      }
    }
  }
}

/// The parts of an objective.
struct GLMParts<Element: ThinScalar>: Sendable {
  let problem: GLMProblem
  let features: Tensor<Element>
  let layout: GLMPartLayout
  let rowsPerPart: Int
  let memory: DisjointSlices<Double>
  let factors: DisjointSlices<Element>

  /// The number of parts.
  var count: Int { (problem.rowCount + rowsPerPart - 1) / rowsPerPart }

  /// A part, which alone uses its memory.
  subscript(part: Int) -> GLMPart<Element> {
    GLMPart(
      problem: problem, features: features, rows: part * rowsPerPart..<min(problem.rowCount, (part + 1) * rowsPerPart),
      layout: layout, memory: memory[part * layout.count..<(part + 1) * layout.count],
      factors: factors[part * layout.factorCount..<(part + 1) * layout.factorCount])
  }
}

extension GLMObjective<Double> {
  /// An objective with all its products in `Double`.
  init(problem: GLMProblem, ridge: Double) { self.init(problem: problem, features: problem.features, ridge: ridge) }
}
