import Parallel
import Spectral
import Tensors

/// The arithmetic of an ``ApproximationCurve``.
struct ApproximationMeasure {
  /// The numbers of atoms that are measured.
  let counts: [Int]

  private let basis: any Basis
  private let norms: [Double]
  private let isComplete: Bool

  /// The images that one task takes; fixed, so that sums do not depend on the number of threads.
  private static let blockCount = 256

  init(_ basis: any Basis) {
    self.basis = basis
    isComplete =
      basis.kind == .orthonormal && basis.atomCount == basis.pixelCount && !BasisCatalog.needsTraining(basis.name)
    counts = isComplete ? Array(1...basis.atomCount) : Self.octaves(upTo: basis.atomCount)
    norms = isComplete ? [] : Self.norms(of: basis)
  }

  /// Four numbers of each octave, and the last.
  static func octaves(upTo last: Int) -> [Int] {
    let fine = sequence(first: 4) { $0 <= last ? 2 * $0 : nil }.flatMap { start in
      (0..<4).map { start + start / 4 * $0 }
    }
    return ([1, 2, 3] + fine).filter { $0 < last } + [last]
  }

  func meanErrors(_ images: Tensor<Double>) -> [Double] {
    let count = images.shape[0]
    let blocks = (count + Self.blockCount - 1) / Self.blockCount
    var sums = Tensor<Double>.zeros([blocks, counts.count])
    sums.withDisjointSlices { sums in
      parallelFor(blocks) { block in
        let part = images[rows: block * Self.blockCount..<min(count, (block + 1) * Self.blockCount)]
        let target = sums[block * counts.count..<(block + 1) * counts.count]
        if isComplete { addOrthonormal(part, to: target) } else { addSynthesized(part, to: target) }
      }
    }
    return counts.indices.map { place in (0..<blocks).reduce(0) { $0 + sums[$1, place] } / Double(count) }
  }

  /// Parseval: the error's square is the sum of the squares that are left out.
  private func addOrthonormal(_ images: Tensor<Double>, to sums: UnsafeMutableBufferPointer<Double>) {
    let coefficients = basis.analyze(images)
    coefficients.forEachRow { _, row in
      let squares = row.map { $0 * $0 }.sorted()
      let energy = squares.reduce(0, +)
      var rest = 0.0
      for (left, square) in squares.enumerated() {
        sums[sums.count - 1 - left] += (rest / energy).squareRoot()
        rest += square
      }
    }
  }

  private func addSynthesized(_ images: Tensor<Double>, to sums: UnsafeMutableBufferPointer<Double>) {
    let coefficients = basis.analyze(images)
    let lengths = images.rowNorms
    let orders = (0..<images.shape[0]).map { order(coefficients[rows: $0..<$0 + 1].elements) }
    var kept = Tensor<Double>.zeros(coefficients.shape)
    var filled = 0
    for (place, count) in counts.enumerated() {
      for (image, order) in orders.enumerated() {
        for atom in order[filled..<count] { kept[image, atom] = coefficients[image, atom] }
      }
      filled = count
      let errors = (images - basis.synthesize(kept)).rowNorms
      sums[place] += zip(errors, lengths).reduce(0) { $0 + $1.0 / $1.1 }
    }
  }

  /// The atoms from the largest contribution to the smallest.
  private func order(_ coefficients: [Double]) -> [Int] {
    let contributions = zip(coefficients, norms).map { abs($0 * $1) }
    return contributions.indices.sorted { (contributions[$1], $0) < (contributions[$0], $1) }
  }

  private static func norms(of basis: any Basis) -> [Double] { basis.atoms(count: basis.atomCount).rowNorms }
}

extension Tensor where Element == Double {
  /// The Euclidean norm of each entry of the first axis.
  fileprivate var rowNorms: [Double] {
    reshaped([shape[0], rowStride]).mapRows { row in row.reduce(0) { $0 + $1 * $1 }.squareRoot() }
  }

  private func mapRows(_ transform: (UnsafeBufferPointer<Double>) -> Double) -> [Double] {
    var result: [Double] = []
    forEachRow { _, row in result.append(transform(row)) }
    return result
  }
}
