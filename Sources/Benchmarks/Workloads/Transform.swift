import Formats
import Numerics
import Spectral
import Tensors

/// The real two-dimensional transforms of many small images.
struct Transform: Workload {
  let count: Int
  let size: Int

  var name: String { "transform-\(count)-\(size)" }

  func makeContender(_ stream: RandomStream) -> any Contender { Ours(.normal([count, size, size], stream)) }

  private final class Ours: Contender {
    let tolerance = 1e-6
    private let images: Tensor<Float>
    private var spectra = Tensor<Complex<Float>>([])

    init(_ images: Tensor<Float>) { self.images = images }

    var inputs: [(name: String, array: NumPyArray)] { [("images", NumPyArray(images))] }

    func run() { spectra = rfft2(images) }

    func difference(from result: NPZArchive) throws -> Double {
      run()
      let parts = Tensor<Float>(spectra.elements.flatMap { [$0.real, $0.imaginary] })
      return try parts.relativeDifference(from: result["spectra"].tensor().reshaped([parts.count]))
    }

    func remark(seconds: Double) -> String { "" }
  }
}
