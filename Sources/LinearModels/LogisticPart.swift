internal import CKernels
import Tensors

/// The share of a range of rows in the loss, the gradient and the preconditioner, computed in blocks that fit the cache.
struct LogisticPart {
  /// Where a part keeps what in its memory.
  struct Layout {
    let classes: Int
    let columns: Int
    let rows: Int

    var loss: Int { 0 }
    var gradient: Range<Int> { 1..<1 + classes * (columns + 1) }
    var curvatures: Range<Int> { gradient.upperBound..<gradient.upperBound + rows }
    var scratch: Range<Int> {
      curvatures.upperBound..<curvatures.upperBound + LogisticPart.blockRows * classes
    }
    var count: Int { scratch.upperBound }
  }

  /// The number of rows that are taken at once.
  static let blockRows = 128

  let problem: LogisticProblem
  let rows: Range<Int>
  let layout: Layout
  let memory: UnsafeMutableBufferPointer<Double>

  /// Writes the sum of the rows' losses, its gradient, and the curvature of each row.
  func evaluate(at parameters: Tensor<Double>) {
    memory[layout.loss] = 0
    memory[layout.gradient].update(repeating: 0)
    parameters.withUnsafeBufferPointer { parameters in
      problem.features.withUnsafeBufferPointer { features in
        for block in blocks {
          score(block, features, parameters)
          turnScoresIntoResiduals(block)
          addGradient(block, features)
        }
      }
    }
  }

  /// Adds X̃ᵀ·diag(v)·X̃/n of the rows to a matrix `[D + 1, D + 1]`, with the curvatures v of the last evaluation.
  ///
  /// `Float` suffices for a preconditioner, and its product is several times as fast.
  func addWeightedGram(to gram: UnsafeMutableBufferPointer<Float>) {
    let size = columns + 1
    var scaled = Tensor<Float>.zeros([Self.blockRows, size])
    scaled.withUnsafeMutableBufferPointer { scaled in
      for block in blocks {
        writeScaledRows(block, to: scaled)
        Float.matrixMultiply(
          (size, size, block.count), alpha: 1,
          MatrixOperand(scaled.baseAddress!, rowStride: size, isTransposed: true),
          MatrixOperand(scaled.baseAddress!, rowStride: size), beta: 1,
          into: MatrixResult(gram.baseAddress!, rowStride: size))
      }
    }
  }

  private func writeScaledRows(_ block: Range<Int>, to scaled: UnsafeMutableBufferPointer<Float>) {
    problem.features.withUnsafeBufferPointer { features in
      for row in block {
        let weight = (memory[layout.curvatures.lowerBound + row - rows.lowerBound] / rowCount).squareRoot()
        let start = (row - block.lowerBound) * (columns + 1)
        for column in 0..<columns { scaled[start + column] = Float(weight * features[row * columns + column]) }
        scaled[start + columns] = Float(weight)
      }
    }
  }

  private var columns: Int { layout.columns }
  private var classes: Int { layout.classes }
  private var rowCount: Double { Double(problem.labels.count) }
  private var scores: UnsafeMutablePointer<Double> { memory.baseAddress! + layout.scratch.lowerBound }

  private var blocks: [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows).map {
      $0..<min(rows.upperBound, $0 + Self.blockRows)
    }
  }

  private func score(
    _ block: Range<Int>, _ features: UnsafeBufferPointer<Double>, _ parameters: UnsafeBufferPointer<Double>
  ) {
    for row in 0..<block.count {
      for index in 0..<classes { scores[row * classes + index] = parameters[index * (columns + 1) + columns] }
    }
    kernel_thin_scores_d(
      block.count, columns, classes, features.baseAddress! + block.lowerBound * columns, parameters.baseAddress!,
      columns + 1, scores)
  }

  private func turnScoresIntoResiduals(_ block: Range<Int>) {
    let curvatures = memory.baseAddress! + layout.curvatures.lowerBound - rows.lowerBound
    var loss = 0.0
    for row in block {
      let probabilities = scores + (row - block.lowerBound) * classes
      let label = problem.labels[row]
      loss -= Softmax.probabilities(probabilities, count: classes, label: label)
      var squares = 0.0
      for index in 0..<classes { squares += probabilities[index] * probabilities[index] }
      curvatures[row] = max(1e-9, 1 - squares) / Double(classes - 1)
      probabilities[label] -= 1
    }
    memory[layout.loss] += loss
  }

  private func addGradient(_ block: Range<Int>, _ features: UnsafeBufferPointer<Double>) {
    let gradient = memory.baseAddress! + layout.gradient.lowerBound
    for row in 0..<block.count {
      for index in 0..<classes { gradient[index * (columns + 1) + columns] += scores[row * classes + index] }
    }
    kernel_thin_gradient_d(
      block.count, columns, classes, features.baseAddress! + block.lowerBound * columns, scores, gradient, columns + 1)
  }
}
