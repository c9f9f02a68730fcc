internal import CKernels
import Tensors

/// The share of a range of rows in the loss and the gradient, computed in blocks that fit the cache.
struct GLMPart {
  /// Where a part keeps what in its memory.
  struct Layout {
    let scores: Int
    let columns: Int
    let rows: Int

    var loss: Int { 0 }
    var gradient: Range<Int> { 1..<1 + scores * (columns + 1) }
    var curvatures: Range<Int> { gradient.upperBound..<gradient.upperBound + rows }
    var scratch: Range<Int> { curvatures.upperBound..<curvatures.upperBound + GLMPart.blockRows * scores }
    var count: Int { scratch.upperBound }
  }

  /// The number of rows that are taken at once.
  static let blockRows = 128

  let problem: GLMProblem
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
          memory[layout.loss] += turnScoresIntoSlopes(block)
          addGradient(block, features)
        }
      }
    }
  }

  var columns: Int { layout.columns }
  var classes: Int { layout.scores }
  var scores: UnsafeMutablePointer<Double> { memory.baseAddress! + layout.scratch.lowerBound }

  /// The curvatures of the rows, indexed by the number of the row.
  var curvatures: UnsafeMutablePointer<Double> {
    memory.baseAddress! + layout.curvatures.lowerBound - rows.lowerBound
  }

  var blocks: [Range<Int>] {
    stride(from: rows.lowerBound, to: rows.upperBound, by: Self.blockRows).map {
      $0..<min(rows.upperBound, $0 + Self.blockRows)
    }
  }

  /// Writes the scores of a block.
  func score(
    _ block: Range<Int>, _ features: UnsafeBufferPointer<Double>, _ parameters: UnsafeBufferPointer<Double>
  ) {
    for row in 0..<block.count {
      for index in 0..<classes { scores[row * classes + index] = parameters[index * (columns + 1) + columns] }
    }
    problem.offset?.withUnsafeBufferPointer { offset in
      for place in 0..<block.count * classes { scores[place] += offset[block.lowerBound * classes + place] }
    }
    guard columns > 0 else { return }
    kernel_thin_scores_d(
      block.count, columns, classes, features.baseAddress! + block.lowerBound * columns, parameters.baseAddress!,
      columns + 1, scores)
  }

  private func turnScoresIntoSlopes(_ block: Range<Int>) -> Double {
    guard problem.family == .multinomial else {
      return problem.targets.withUnsafeBufferPointer { targets in
        withWeights { weights in
          problem.family.rowLoss(problem.link).evaluate(
            LossRows(
              scores: scores, responses: targets.baseAddress! + block.lowerBound,
              weights: weights.map { $0 + block.lowerBound }, curvatures: curvatures + block.lowerBound,
              count: block.count))
        }
      }
    }
    return withWeights { multinomialSlopes(block, $0) }
  }

  private func multinomialSlopes(_ block: Range<Int>, _ weights: UnsafePointer<Double>?) -> Double {
    var loss = 0.0
    for row in block {
      let probabilities = scores + (row - block.lowerBound) * classes
      let label = problem.labels[row]
      let rowLoss = -Softmax.probabilities(probabilities, count: classes, label: label)
      var squares = 0.0
      for index in 0..<classes { squares += probabilities[index] * probabilities[index] }
      curvatures[row] = max(1e-9, 1 - squares) / Double(classes - 1)
      probabilities[label] -= 1
      if let weight = weights?[row] {
        curvatures[row] *= weight
        for index in 0..<classes { probabilities[index] *= weight }
        loss += weight * rowLoss
      } else {
        loss += rowLoss
      }
    }
    return loss
  }

  private func withWeights<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
    guard let weights = problem.rowWeights else { return body(nil) }
    return weights.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  private func addGradient(_ block: Range<Int>, _ features: UnsafeBufferPointer<Double>) {
    let gradient = memory.baseAddress! + layout.gradient.lowerBound
    for row in 0..<block.count {
      for index in 0..<classes { gradient[index * (columns + 1) + columns] += scores[row * classes + index] }
    }
    guard columns > 0 else { return }
    kernel_thin_gradient_d(
      block.count, columns, classes, features.baseAddress! + block.lowerBound * columns, scores, gradient, columns + 1)
  }
}
