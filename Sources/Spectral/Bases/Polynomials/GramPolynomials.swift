internal import Tensors

/// The Gram polynomials: orthonormal on n equally spaced points, with positive leading coefficients.
///
/// Each is x times the one before, made orthogonal to all before it, twice: the recurrence of the discrete Chebyshev
/// polynomials without its loss of orthogonality at high degree. Source: W. Gautschi, *Orthogonal Polynomials:
/// Computation and Approximation* (2004), section 2.2; "twice is enough" is from B. N. Parlett, *The Symmetric
/// Eigenvalue Problem* (1980), section 6.9.
enum GramPolynomials {
  /// The values on n points, `[degrees, n]`: row d is the polynomial of degree d.
  static func values(points count: Int, degrees: Int) -> Tensor<Double> {
    var polynomials = [[Double](repeating: 1 / Double(count).squareRoot(), count: count)]
    for _ in 1..<degrees {
      var next = polynomials[polynomials.count - 1]
      for index in next.indices { next[index] *= Double(2 * index - (count - 1)) / Double(count) }
      for _ in 0..<2 { removeComponents(of: polynomials, from: &next) }
      let norm = next.reduce(0) { $0 + $1 * $1 }.squareRoot()
      polynomials.append(next.map { $0 / norm })
    }
    return Tensor(polynomials.flatMap { $0 }, shape: [degrees, count])
  }

  private static func removeComponents(of polynomials: [[Double]], from vector: inout [Double]) {
    for polynomial in polynomials {
      let component = zip(polynomial, vector).reduce(0) { $0 + $1.0 * $1.1 }
      for index in vector.indices { vector[index] -= component * polynomial[index] }
    }
  }
}
