internal import Numerics
internal import Tensors

/// A kernel as a sum of products of a column and a row, k[u, v] = Σᵢ columnᵢ[u]·rowᵢ[v].
struct KernelFactors {
  /// `[r][kh]`.
  let columns: [[Double]]
  /// `[r][kw]`.
  let rows: [[Double]]

  var rank: Int { columns.count }

  /// Factors a kernel by its singular values, leaving out the smallest while their sum stays within `tolerance`·‖k‖.
  ///
  /// The kernel is projected on its singular vectors of the shorter side, which is more precise than the product of both
  /// with the singular values. Where nothing can be left out, or a weight is not finite, the factors are the rows, or the
  /// columns, of the kernel themselves.
  ///
  /// - Parameters:
  ///   - kernel: `[kh, kw]`.
  ///   - tolerance: What may be left out, relative to the Euclidean norm of the kernel.
  init(_ kernel: Tensor<Double>, tolerance: Double) {
    let (height, width) = (kernel.shape[0], kernel.shape[1])
    let parts = SingularValueDecomposition(kernel)
    let rank = parts.map { Self.rank($0.singularValues, tolerance: tolerance) } ?? min(height, width)
    guard let parts, rank < min(height, width) else {
      self.init(unfactored: kernel)
      return
    }
    if height <= width {
      let projected = parts.u.matrixProduct(kernel, transposingSelf: true)
      self.init(
        columns: (0..<rank).map { i in (0..<height).map { parts.u[$0, i] } },
        rows: (0..<rank).map { i in (0..<width).map { projected[i, $0] } })
    } else {
      let projected = kernel.matrixProduct(parts.vTransposed, transposingOther: true)
      self.init(
        columns: (0..<rank).map { i in (0..<height).map { projected[$0, i] } },
        rows: (0..<rank).map { i in (0..<width).map { parts.vTransposed[i, $0] } })
    }
  }

  init(columns: [[Double]], rows: [[Double]]) { (self.columns, self.rows) = (columns, rows) }

  private init(unfactored kernel: Tensor<Double>) {
    let (height, width) = (kernel.shape[0], kernel.shape[1])
    func unit(_ place: Int, of count: Int) -> [Double] { (0..<count).map { $0 == place ? 1 : 0 } }
    if height <= width {
      self.init(
        columns: (0..<height).map { unit($0, of: height) },
        rows: (0..<height).map { row in (0..<width).map { kernel[row, $0] } })
    } else {
      self.init(
        columns: (0..<width).map { column in (0..<height).map { kernel[$0, column] } },
        rows: (0..<width).map { unit($0, of: width) })
    }
  }

  /// How many singular values have to be kept.
  static func rank(_ singularValues: [Double], tolerance: Double) -> Int {
    let norm = singularValues.reduce(0) { Double.hypot($0, $1) }
    var (rank, discarded) = (singularValues.count, 0.0)
    while rank > 0, discarded + singularValues[rank - 1] <= tolerance * norm {
      discarded += singularValues[rank - 1]
      rank -= 1
    }
    return rank
  }

  /// The same sum with terms of zeros at the end, for a kernel of a shape.
  func padded(to rank: Int, _ shape: ConvolutionShape) -> KernelFactors {
    func zeros(_ count: Int) -> [[Double]] {
      Array(repeating: Array(repeating: 0, count: count), count: rank - self.rank)
    }
    return KernelFactors(columns: columns + zeros(shape.kernelHeight), rows: rows + zeros(shape.kernelWidth))
  }
}
