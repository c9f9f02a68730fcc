import Formats
import Spectral
import Tensors

/// The scattering coefficients of many small images, J = 2, L = 8, order 2.
package struct Scattering: Workload {
  let count: Int
  let size: Int

  /// Names the number of images and their side.
  package init(count: Int, size: Int) { (self.count, self.size) = (count, size) }

  package var name: String { "features-scattering-\(count)-\(size)" }
  package var peers: String { "scattering" }

  package func makeContender(_ stream: RandomStream) throws -> any Contender {
    Ours(.normal([count, size, size], stream), try ScatteringFeatures(height: size, width: size))
  }

  private final class Ours: Contender {
    let tolerance = 1e-5
    private let images: Tensor<Float>
    private let map: ScatteringFeatures
    private var coefficients = Tensor<Float>([])

    init(_ images: Tensor<Float>, _ map: ScatteringFeatures) {
      self.images = images
      self.map = map
    }

    var itemCount: Int { images.shape[0] }

    var inputs: [(name: String, array: NumPyArray)] {
      [
        ("images", NumPyArray(images)), ("scales", NumPyArray([map.scales])),
        ("orientations", NumPyArray([map.orientations])),
      ]
    }

    func run() throws { coefficients = try map.transform(images) }

    func difference(from result: NPZArchive) throws -> Double {
      try run()
      return try coefficients.relativeDifference(from: result["coefficients"].tensor())
    }

    func remark(seconds: Double) -> String { "" }
  }
}
