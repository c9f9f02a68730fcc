import Tensors

/// The part of a penalty that is not smooth: λ₁·Σ|wₖⱼ|, or λ₁·Σ_g √|g|·‖W_g‖ over groups of columns.
///
/// Parameters and gradients are `[K, D + 1]` with the intercepts, which are never penalised, last.
struct SparsityTerm {
  /// λ₁.
  let strength: Double
  /// The groups of columns; `nil` for single weights.
  let groups: [[Int]]?

  /// The term of parameters.
  func value(_ parameters: Tensor<Double>) -> Double {
    guard strength > 0 else { return 0 }
    if let groups { return groups.reduce(0) { $0 + threshold($1) * norm(parameters, $1) } }
    let columns = parameters.shape[1] - 1
    return parameters.withUnsafeBufferPointer { values in
      var sum = 0.0
      for index in values.indices where index % (columns + 1) != columns { sum += abs(values[index]) }
      return strength * sum
    }
  }

  /// λ₁√|g|, what the norm of a group is multiplied by.
  func threshold(_ group: [Int]) -> Double { strength * Double(group.count).squareRoot() }

  /// ‖W_g‖ of some columns.
  func norm(_ matrix: Tensor<Double>, _ group: [Int]) -> Double {
    var squares = 0.0
    for row in 0..<matrix.shape[0] {
      for column in group { squares += matrix[row, column] * matrix[row, column] }
    }
    return squares.squareRoot()
  }

  /// The square of what each column adds to the norm of the smallest subgradient; intercepts last.
  ///
  /// For w ≠ 0 that is |g + λ₁·sign w|, for w = 0 what |g| exceeds λ₁ by; likewise for groups.
  func violations(_ parameters: Tensor<Double>, gradient: Tensor<Double>) -> [Double] {
    let (rows, columns) = (parameters.shape[0], parameters.shape[1] - 1)
    var squares = [Double](repeating: 0, count: columns + 1)
    for row in 0..<rows { squares[columns] += gradient[row, columns] * gradient[row, columns] }
    if let groups {
      for group in groups { addViolation(of: group, parameters, gradient, to: &squares) }
    } else {
      parameters.withUnsafeBufferPointer { w in
        gradient.withUnsafeBufferPointer { g in
          for row in 0..<rows {
            for column in 0..<columns {
              let place = row * (columns + 1) + column
              let excess = Self.excess(w[place], g[place], strength)
              squares[column] += excess * excess
            }
          }
        }
      }
    }
    return squares
  }

  private static func excess(_ weight: Double, _ slope: Double, _ strength: Double) -> Double {
    weight > 0 ? slope + strength : weight < 0 ? slope - strength : max(0, abs(slope) - strength)
  }

  private func addViolation(
    of group: [Int], _ parameters: Tensor<Double>, _ gradient: Tensor<Double>, to squares: inout [Double]
  ) {
    let (size, limit) = (norm(parameters, group), threshold(group))
    let slope = norm(gradient, group)
    let share = slope > 0 ? max(0, slope - limit) / slope : 0
    for row in 0..<parameters.shape[0] {
      for column in group {
        let part =
          size > 0
          ? gradient[row, column] + limit * parameters[row, column] / size : share * gradient[row, column]
        squares[column] += part * part
      }
    }
  }

  /// For each column how large λ₁ would have to be for a column, or its group, to be 0 at this gradient.
  func criticalStrengths(_ gradient: Tensor<Double>) -> [Double] {
    let (rows, columns) = (gradient.shape[0], gradient.shape[1] - 1)
    guard let groups else {
      return (0..<columns).map { column in (0..<rows).reduce(0) { max($0, abs(gradient[$1, column])) } }
    }
    var strengths = [Double](repeating: 0, count: columns)
    for group in groups {
      let strength = norm(gradient, group) / Double(group.count).squareRoot()
      for column in group { strengths[column] = strength }
    }
    return strengths
  }

  /// The term on some columns, whole groups of them, renumbered.
  func selecting(columns: [Int]) -> SparsityTerm {
    guard let groups else { return self }
    let places = Dictionary(uniqueKeysWithValues: columns.enumerated().map { ($1, $0) })
    return SparsityTerm(
      strength: strength, groups: groups.filter { places[$0[0]] != nil }.map { $0.map { places[$0]! } })
  }
}

extension Penalty {
  var sparsityTerm: SparsityTerm { SparsityTerm(strength: sparsity, groups: groups) }
}
