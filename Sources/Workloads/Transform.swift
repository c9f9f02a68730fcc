import Formats
import Spectral
import Tensors

/// All coefficients of many small images on an orthonormal basis.
package struct Transform: Workload {
  let basis: any OrthonormalBasis
  let count: Int

  /// Names the basis and the number of images.
  package init(basis: any OrthonormalBasis, count: Int) { (self.basis, self.count) = (basis, count) }

  package var name: String { "transform-\(basis.name)-\(count)-\(basis.height)" }

  package var rivals: [String] { ["scipy.fft"] }

  package func makeContender(_ stream: RandomStream) -> any Contender {
    Ours(basis, .normal([count, basis.height, basis.width], stream))
  }

  private final class Ours: Contender {
    let tolerance = 1e-6
    private let basis: any OrthonormalBasis
    private let images: Tensor<Float>
    private var coefficients = Tensor<Float>([])

    init(_ basis: any OrthonormalBasis, _ images: Tensor<Float>) {
      self.basis = basis
      self.images = images
    }

    var itemCount: Int { images.shape[0] }

    /// The images by the name of the basis.
    var inputs: [(name: String, array: NumPyArray)] { [(basis.name, NumPyArray(images))] }

    func run() { coefficients = basis.analyze(images) }

    func difference(from result: NPZArchive) throws -> Double {
      run()
      return try coefficients.relativeDifference(from: result["coefficients"].tensor())
    }

    func remark(seconds: Double) -> String { "" }
  }
}
