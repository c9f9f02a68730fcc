internal import Tensors

/// A transform that is a product of sparse orthogonal matrices, each along one axis.
///
/// Every fast transform is such a product; this one is carried out as it is written, on many images side by side. The
/// factors take turns between two areas of H·W slots each; the image is in the first when they begin. Source: C. Van
/// Loan, *Computational Frameworks for the Fast Fourier Transform* (1992), section 1.
struct FactoredTransform: TransformAlgorithm {
  let height: Int
  let width: Int
  private(set) var factors: [AxisFactor]
  /// The slot of each coefficient, in the order of the atoms, when all factors are done.
  private(set) var places: [Int]

  /// The longest side whose cosines are multiplied out: images side by side make that faster than recursion.
  static let longestDenseSide = 64

  var operations: Double { Double(factors.reduce(0) { $0 + $1.operations }) }

  func analyze<S: SpectralScalar>(_ images: Tensor<S>, count: Int) -> Tensor<S> {
    LaneProgram<S>(factors, inputs: Array(0..<height * width), outputs: Array(places.prefix(count)))(images)
  }

  func synthesize<S: SpectralScalar>(_ coefficients: Tensor<S>) -> Tensor<S> {
    let program = LaneProgram<S>(
      factors.reversed().map(\.transposed), inputs: Array(places.prefix(coefficients.shape[1])),
      outputs: Array(0..<height * width))
    return program(coefficients).reshaped([coefficients.shape[0], height, width])
  }
}

extension FactoredTransform {
  /// A transform whose atoms are products of a function of y and a function of x.
  ///
  /// - Parameters:
  ///   - alongY: The factors `[H, H]` of the transform along y, the first applied first.
  ///   - alongX: Those along x, `[W, W]`.
  ///   - height: H.
  ///   - width: W.
  ///   - pairs: The rows of the products of the factors that make each atom.
  init(alongY: [SparseMatrix], alongX: [SparseMatrix], height: Int, width: Int, pairs: [(y: Int, x: Int)]) {
    var factors: [AxisFactor] = []
    var area = 0
    func places() -> (from: (Int, Int), to: (Int, Int)) {
      defer { area = 1 - area }
      return ((area * height * width, width), ((1 - area) * height * width, width))
    }
    for matrix in alongY {
      let places = places()
      factors.append(.alongY(matrix, width: width, from: places.from, to: places.to))
    }
    for matrix in alongX {
      let places = places()
      factors.append(.alongX(matrix, height: height, from: places.from, to: places.to))
    }
    let base = area * height * width
    self.init(height: height, width: width, factors: factors, places: pairs.map { base + $0.y * width + $0.x })
  }

  /// Appends a matrix `[H·W, H·W]` whose rows make the atoms from all that the factors so far give, row by row.
  mutating func append(_ matrix: SparseMatrix) {
    let pixels = height * width
    let source = factors.isEmpty ? 0 : factors[factors.count - 1].target.base
    factors.append(.alongX(matrix, height: 1, from: (source, pixels), to: (pixels - source, pixels)))
    places = (0..<pixels).map { pixels - source + $0 }
  }
}
