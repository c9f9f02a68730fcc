internal import Numerics
internal import Tensors

/// The rules of rounding that every bound is made of, in units of ε.
///
/// 1. **Transform** of n points: ‖δX‖₂ ≤ T·ε·√n·‖x‖₂ and |δX[k]| ≤ T·ε·‖x‖₁ with T = 4·max(1, log₂ n), for each sample
///    passes log₂ n levels of a twiddle factor and an addition (N. J. Higham, *Accuracy and Stability of Numerical
///    Algorithms*, theorem 24.2).
/// 2. **Sum** of K products: |δ| ≤ D·ε·Σ|aᵢ·bᵢ| with D = max(8, √K), for independent rounding errors grow as √K
///    (N. J. Higham, T. Mary, *A new approach to probabilistic rounding error analysis*, SIAM J. Sci. Comput. 41, 2019).
///    So a direct convolution has ‖δy‖₂ ≤ D·ε·‖x‖₂·‖k‖₁.
/// 3. **Convolution by FFT** on a grid of n points: ‖δy‖₂ ≤ 4·max(1, log₂ n)·ε·‖x‖₂·‖k‖₁, as the module's page promises.
/// 4. **Products** of complex numbers: 2·ε each; with a wave exp(2πi·j/N), whose angle below 2π has three roundings and
///    whose value has one more: 12·ε.
///
/// An error passes through an exact linear map with that map's norm: √n for a transform, 1/√n for its inverse, ‖k‖₁ for
/// a convolution.
enum Rounding {
  /// T of rule 1.
  static func transform(_ count: Int) -> Double { 4 * max(1, Double.log2(Double(count))) }

  /// D of rule 2.
  static func sum(_ terms: Int) -> Double { max(8, Double(terms).squareRoot()) }

  /// The constant of rule 3 for the linear convolution of an image with a kernel.
  static func fftConvolution<S>(_ image: Tensor<S>, _ kernel: Tensor<S>) -> Double {
    transform(zip(image.shape.suffix(2), kernel.shape.suffix(2)).map { fastLength($0 + $1 - 1) }.reduce(1, *))
  }

  /// Of rule 4.
  static let product = 2.0
  /// Of rule 4.
  static let waveProduct = 12.0
}

extension Tensor where Element: Scalar {
  /// ‖x‖₁, the sum of the magnitudes.
  var norm1: Element {
    @specialized(where Element == Float) @specialized(where Element == Double) get {
      withUnsafeBufferPointer { $0.reduce(0) { $0 + abs($1) } }
    }
  }
}
