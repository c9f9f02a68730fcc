import Parallel
import Tensors

/// What is wrong with the columns of a design matrix: constant ones, and ones that depend on the columns before them.
struct ColumnAudit {
  /// Columns with one value only.
  let constant: [Int]
  /// Columns that are linear combinations of those before and the intercept, constant ones included; empty when not
  /// asked.
  let collinear: [Int]

  /// 1 − R² of a column on those before it, at which it counts as their combination.
  private static let tolerance = 1e-11

  init(_ problem: GLMProblem, lookingForCollinearity isThorough: Bool) {
    let rows = problem.rowWeights.map { weights in (0..<problem.rowCount).filter { weights[$0] > 0 } }
    let features = rows.map { problem.features.gatheringRows($0) } ?? problem.features
    guard features.shape[1] > 0 else {
      (constant, collinear) = ([], [])
      return
    }
    let standardizer = Standardizer(fitting: features)
    constant = standardizer.constantColumns
    guard isThorough else {
      collinear = []
      return
    }
    let correlations = Self.correlations(standardizer.apply(features))
    collinear = Self.dependent(correlations, constant: constant)
  }

  /// ZᵀZ/n of standardised columns, each thread taking some rows of the product.
  private static func correlations(_ z: Tensor<Double>) -> Tensor<Double> {
    let (rows, columns) = (z.shape[0], z.shape[1])
    let band = max(32, (columns + 7) / 8)
    var product = Tensor<Double>.zeros([columns, columns])
    product.withDisjointSlices { product in
      parallelFor((columns + band - 1) / band) { index in
        let range = index * band..<min(columns, (index + 1) * band)
        z.withUnsafeBufferPointer { z in
          Double.matrixMultiply(
            (range.count, columns, rows), alpha: 1 / Double(rows),
            MatrixOperand(z.baseAddress! + range.lowerBound, rowStride: columns, isTransposed: true),
            MatrixOperand(z.baseAddress!, rowStride: columns), beta: 0,
            into: MatrixResult(
              product[range.lowerBound * columns..<range.upperBound * columns].baseAddress!, rowStride: columns))
        }
      }
    }
    return product
  }

  /// The columns at which a Cholesky factorization in the given order finds nothing left.
  private static func dependent(_ correlations: Tensor<Double>, constant: [Int]) -> [Int] {
    let size = correlations.shape[0]
    if constant.isEmpty && isDefinite(correlations) { return [] }
    var factor = Tensor<Double>.zeros([size, size])
    var kept: [Int] = []
    var dependent = [Bool](repeating: false, count: size)
    for column in constant { dependent[column] = true }
    factor.withUnsafeMutableBufferPointer { factor in
      for row in 0..<size where !dependent[row] {
        let own = factor.baseAddress! + row * size
        for (place, other) in kept.enumerated() {
          let before = factor.baseAddress! + other * size
          let done = Double.dot(
            UnsafeBufferPointer(start: own, count: place), UnsafeBufferPointer(start: before, count: place))
          own[place] = (correlations[row, other] - done) / before[place]
        }
        let explained = UnsafeBufferPointer(start: own, count: kept.count)
        let rest = correlations[row, row] - Double.dot(explained, explained)
        guard rest > tolerance * correlations[row, row] else {
          dependent[row] = true
          continue
        }
        own[kept.count] = rest.squareRoot()
        kept.append(row)
      }
    }
    return (0..<size).filter { dependent[$0] }
  }

  /// Whether the smallest eigenvalue is so large that no column can depend on others.
  private static func isDefinite(_ correlations: Tensor<Double>) -> Bool {
    var shifted = correlations
    for index in 0..<shifted.shape[0] { shifted[index, index] -= 10 * tolerance }
    return CholeskyFactorization(shifted) != nil
  }

  /// What the reader of a fit must know.
  func diagnostics(_ problem: GLMProblem, _ penalty: Penalty) -> [GLMDiagnostic] {
    var found: [GLMDiagnostic] = []
    if !constant.isEmpty { found.append(.constantColumns(constant)) }
    let parameters = problem.featureCount + 1
    if penalty.isNone && problem.rowCount < parameters {
      found.append(.fewerRowsThanParameters(rows: problem.rowCount, parameters: parameters))
    }
    let combined = penalty.isNone ? collinear.filter { !constant.contains($0) } : []
    if !combined.isEmpty { found.append(.collinearColumns(combined)) }
    let absent = Set(0..<problem.classCount).subtracting(problem.labels)
    if !absent.isEmpty { found.append(.absentClasses(absent.sorted())) }
    return found
  }
}

extension GLMProblem {
  /// K for the multinomial family, else 0.
  fileprivate var classCount: Int { family == .multinomial ? scoreCount : 0 }
}
