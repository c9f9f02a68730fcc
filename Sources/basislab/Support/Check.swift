import Spectral
import Tensors

/// A quick proof that something under the command works on this machine.
struct Check: Sendable {
  let name: String
  let passes: @Sendable () -> Bool

  static let all = [
    Check(name: "Float matrix product") { matrixProductIsRight(Float.self) },
    Check(name: "Double matrix product") { matrixProductIsRight(Double.self) },
    Check(name: "Float transforms") { convolutionIsRight(Float.self) },
    Check(name: "Double transforms") { convolutionIsRight(Double.self) },
  ]

  private static func convolutionIsRight<S: SpectralScalar>(_ type: S.Type) -> Bool {
    let image = Tensor<S>((0..<20 * 15).map { S($0 % 11) - 5 }, shape: [20, 15])
    let kernel = Tensor<S>((0..<7 * 5).map { S($0 % 5) - 2 }, shape: [7, 5])
    let results = [ConvolutionMethod.direct, .fft].map {
      try? convolve(image, kernel, mode: .full, boundary: .zero, method: $0)
    }
    guard let direct = results[0], let fast = results[1] else { return false }
    return (direct - fast).maximumMagnitude <= 1000 * S.epsilon
  }

  private static func matrixProductIsRight<S: Scalar>(_ type: S.Type) -> Bool {
    let n = 33
    let a = Tensor<S>((0..<n * n).map { S($0 % 7) - 3 }, shape: [n, n])
    let product = a.matrixProduct(a)
    return (0..<n).allSatisfy { row in
      (0..<n).allSatisfy { column in product[row, column] == (0..<n).reduce(0) { $0 + a[row, $1] * a[$1, column] } }
    }
  }
}
