internal import Numerics
internal import Tensors

/// A square matrix of which few elements are not zero, row by row.
struct SparseMatrix: Sendable {
  struct Entry: Sendable {
    let column: Int
    let weight: Double
  }

  let rows: [[Entry]]

  init(rows: [[Entry]]) { self.rows = rows }

  /// The elements of a matrix `[n, n]` that are not zero.
  init(_ matrix: Tensor<Double>) {
    let size = matrix.shape[0]
    precondition(matrix.shape == [size, size], "expected a square matrix, got shape \(matrix.shape)")
    rows = (0..<size).map { row in
      (0..<size).compactMap { column in
        matrix[row, column] == 0 ? nil : Entry(column: column, weight: matrix[row, column])
      }
    }
  }

  static func identity(_ size: Int) -> SparseMatrix {
    SparseMatrix(rows: (0..<size).map { [Entry(column: $0, weight: 1)] })
  }

  var size: Int { rows.count }

  var entryCount: Int { rows.reduce(0) { $0 + $1.count } }

  var transposed: SparseMatrix {
    var columns = [[Entry]](repeating: [], count: size)
    for (row, entries) in rows.enumerated() {
      for entry in entries { columns[entry.column].append(Entry(column: row, weight: entry.weight)) }
    }
    return SparseMatrix(rows: columns)
  }

  /// Two factors whose product is an orthogonal matrix with rows that a reflection leaves alone or negates: sums and
  /// differences of the columns that it exchanges, and what is left, half as many elements.
  ///
  /// - Parameters:
  ///   - matrix: `[n, n]`.
  ///   - reflection: The column that each is exchanged with.
  /// - Returns: The factors, the first applied first.
  static func folding(_ matrix: Tensor<Double>, _ reflection: (Int) -> Int) -> [SparseMatrix] {
    let size = matrix.shape[0]
    let weight = Double.sqrt(0.5)
    let fold = SparseMatrix(
      rows: (0..<size).map { column in
        let other = reflection(column)
        guard other != column else { return [Entry(column: column, weight: 1)] }
        return [
          Entry(column: min(column, other), weight: weight),
          Entry(column: max(column, other), weight: column < other ? weight : -weight),
        ]
      })
    let rest = (0..<size).map { row in
      fold.rows.enumerated().compactMap { column, entries -> Entry? in
        let sum = entries.reduce(0) { $0 + matrix[row, $1.column] * $1.weight }
        return abs(sum) < rounding ? nil : Entry(column: column, weight: sum)
      }
    }
    return [fold, SparseMatrix(rows: rest)]
  }

  /// What elements that are 0 may have become.
  private static let rounding = 1e-13
}
