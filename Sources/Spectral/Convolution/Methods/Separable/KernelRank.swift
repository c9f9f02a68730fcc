internal import Numerics
public import Tensors

/// In how few products of a column and a row a kernel can be written.
public enum KernelRank {
  /// The numerical rank of a kernel: the singular values beyond it sum to at most `tolerance`·‖k‖.
  ///
  /// - Parameters:
  ///   - kernel: `[kh, kw]`.
  ///   - tolerance: What may be left out; ε of the precision when left out.
  /// - Returns: The rank; the smaller of kh and kw where a weight is not finite.
  public static func numerical<S: SpectralScalar>(_ kernel: Tensor<S>, tolerance: Double? = nil) -> Int {
    KernelFactors(kernel.map { Double($0) }, tolerance: tolerance ?? Double(S.epsilon)).rank
  }

  /// A quick guess at the rank by adaptive cross approximation, which looks at a few rows and columns only.
  ///
  /// Each step subtracts the cross of the row and the column through one element, which lowers the rank by one; of a
  /// kernel of rank r the residual vanishes after r steps. It may guess too low for a kernel with structure elsewhere,
  /// never too high but for rounding.
  ///
  /// Source: M. Bebendorf, *Approximation of boundary element matrices*, Numerische Mathematik 86 (2000).
  ///
  /// - Parameters:
  ///   - kernel: `[kh, kw]`.
  ///   - limit: The largest rank of interest.
  ///   - tolerance: What may be left out; ε of the precision when left out.
  /// - Returns: The guess, or `nil` where it is above the limit or a weight is not finite.
  @specialized(where S == Float)
  @specialized(where S == Double)
  public static func guess<S: SpectralScalar>(
    _ kernel: Tensor<S>, limit: Int, tolerance: Double? = nil
  ) -> Int? {
    let (height, width) = (kernel.shape[0], kernel.shape[1])
    return kernel.withUnsafeBufferPointer { kernel in
      let peak = peakRow(kernel, width: width)
      guard peak.magnitude.isFinite else { return nil }
      let part = max(4 * S.epsilon, tolerance.map { S($0) } ?? 0)
      let negligible = part * S.sqrt(S(kernel.count)) * peak.magnitude
      var (crosses, row): ([(column: [S], row: [S])], Int) = ([], peak.row)
      while true {
        let residual = (0..<width).map { j in
          crosses.reduce(kernel[row * width + j]) { $0 - $1.column[row] * $1.row[j] }
        }
        let pivot = largest(residual)
        guard abs(residual[pivot]) > negligible else { return crosses.count }
        guard crosses.count < limit else { return nil }
        let column = (0..<height).map { i in
          crosses.reduce(kernel[i * width + pivot]) { $0 - $1.column[i] * $1.row[pivot] }
        }
        crosses.append((column.map { $0 / residual[pivot] }, residual))
        var rest = column
        rest[row] = 0
        row = largest(rest)
      }
    }
  }

  private static func peakRow<S: SpectralScalar>(
    _ kernel: UnsafeBufferPointer<S>, width: Int
  ) -> (row: Int, magnitude: S) {
    let rows = (0..<kernel.count / width).map { row in
      SampleRange.largestMagnitude(UnsafeBufferPointer(rebasing: kernel[row * width..<(row + 1) * width]))
    }
    let row = largest(rows)
    return (row, rows[row])
  }

  private static func largest<S: SpectralScalar>(_ values: [S]) -> Int {
    var best = 0
    for index in values.indices where abs(values[index]) > abs(values[best]) { best = index }
    return best
  }
}
