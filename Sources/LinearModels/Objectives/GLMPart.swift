internal import CKernels
import Tensors

/// Where a part of an objective keeps what in its memory.
struct GLMPartLayout {
  /// The number of rows that are taken at once.
  static let blockRows = 128

  let scores: Int
  let columns: Int
  let rows: Int

  var loss: Int { 0 }
  var gradient: Range<Int> { 1..<1 + scores * (columns + 1) }
  var curvatures: Range<Int> { gradient.upperBound..<gradient.upperBound + rows }
  var scratch: Range<Int> { curvatures.upperBound..<curvatures.upperBound + Self.blockRows * scores }
  var count: Int { scratch.upperBound }

  /// The scores, later the slopes, of a block, as the products take them.
  var factors: Range<Int> { 0..<Self.blockRows * scores }
  /// The gradient of a block, as the products give it.
  var blockGradient: Range<Int> { factors.upperBound..<factors.upperBound + scores * (columns + 1) }
  var factorCount: Int { blockGradient.upperBound }
}

/// The share of a range of rows in the loss and the gradient, computed in blocks that fit the cache.
///
/// The products with the design matrix are computed in the precision `Element`, everything else in `Double`.
struct GLMPart<Element: ThinScalar> {
  let problem: GLMProblem
  /// The design matrix of the problem.
  let features: Tensor<Element>
  let rows: Range<Int>
  let layout: GLMPartLayout
  let memory: UnsafeMutableBufferPointer<Double>
  let factors: UnsafeMutableBufferPointer<Element>

  /// Writes the sum of the rows' losses, its gradient, and the curvature of each row.
  func evaluate(at parameters: Tensor<Element>) {
    memory[layout.loss] = 0
    memory[layout.gradient].update(repeating: 0)
    parameters.withUnsafeBufferPointer { parameters in
      features.withUnsafeBufferPointer { features in
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
    stride(from: rows.lowerBound, to: rows.upperBound, by: GLMPartLayout.blockRows).map {
      $0..<min(rows.upperBound, $0 + GLMPartLayout.blockRows)
    }
  }

  /// Writes the scores of a block.
  func score(
    _ block: Range<Int>, _ features: UnsafeBufferPointer<Element>, _ parameters: UnsafeBufferPointer<Element>
  ) {
    let (columns, classes, products) = (columns, classes, factors.baseAddress!)
    for row in 0..<block.count {
      for index in 0..<classes { products[row * classes + index] = parameters[index * (columns + 1) + columns] }
    }
    if columns > 0 {
      Element.addScores(
        block.count, columns, classes, x: features.baseAddress! + block.lowerBound * columns,
        w: parameters.baseAddress!, stride: columns + 1, to: products)
    }
    let scores = scores
    for place in 0..<block.count * classes { scores[place] = Double(products[place]) }
    problem.offset?.withUnsafeBufferPointer { offset in
      for place in 0..<block.count * classes { scores[place] += offset[block.lowerBound * classes + place] }
    }
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
    return withWeights { weights in
      problem.labels.withUnsafeBufferPointer { labels in
        kernel_multinomial_slopes_d(
          block.count, classes, scores, labels.baseAddress! + block.lowerBound, weights.map { $0 + block.lowerBound },
          curvatures + block.lowerBound)
      }
    }
  }

  private func withWeights<Result>(_ body: (UnsafePointer<Double>?) -> Result) -> Result {
    guard let weights = problem.rowWeights else { return body(nil) }
    return weights.withUnsafeBufferPointer { body($0.baseAddress) }
  }

  private func addGradient(_ block: Range<Int>, _ features: UnsafeBufferPointer<Element>) {
    let (columns, classes, scores) = (columns, classes, scores)
    let slopes = factors.baseAddress!
    let product = UnsafeMutableBufferPointer(rebasing: factors[layout.blockGradient])
    let gradient = UnsafeMutableBufferPointer(rebasing: memory[layout.gradient])
    product.update(repeating: 0)
    for index in 0..<classes {
      gradient[index * (columns + 1) + columns] += stride(from: index, to: block.count * classes, by: classes).reduce(0)
      { $0 + scores[$1] }
    }
    guard columns > 0 else { return }
    for place in 0..<block.count * classes { slopes[place] = Element(scores[place]) }
    Element.addGradient(
      block.count, columns, classes, x: features.baseAddress! + block.lowerBound * columns, p: slopes,
      to: product.baseAddress!, stride: columns + 1)
    for place in gradient.indices { gradient[place] += Double(product[place]) }
  }
}
