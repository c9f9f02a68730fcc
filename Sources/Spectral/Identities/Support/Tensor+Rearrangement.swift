internal import Numerics
package import Tensors

// Images whose samples are those of another, at other places: what the identities do in the space of pixels.
extension Tensor where Element: AdditiveArithmetic {
  /// The image whose sample at a place is this one's at `source` of that place, and zero where there is none.
  @specialized(where Element == Float) @specialized(where Element == Double)
  @specialized(where Element == Complex<Float>) @specialized(where Element == Complex<Double>) func rearranged(
    to size: ImageSize, from source: (_ row: Int, _ column: Int) -> (row: Int, column: Int)?
  ) -> Tensor {
    let width = shape[1]
    return Tensor(shape: size.shape) { target in
      withUnsafeBufferPointer { samples in
        for index in target.indices {
          let place = source(index / size.width, index % size.width)
          target[index] = place.map { samples[$0.row * width + $0.column] } ?? .zero
        }
      }
    }
  }

  var size: ImageSize { ImageSize(shape[0], shape[1]) }

  /// x[n − s], indices modulo the size, for shifts of at least 0.
  package func shifted(by shift: (y: Int, x: Int)) -> Tensor {
    let size = size
    let (y, x) = (size.height - shift.y % size.height, size.width - shift.x % size.width)
    return rearranged(to: size) { (($0 + y) % size.height, ($1 + x) % size.width) }
  }

  /// x[−n], indices modulo the size.
  package var reversed: Tensor {
    let size = size
    return rearranged(to: size) { ((size.height - $0) % size.height, (size.width - $1) % size.width) }
  }

  /// The first samples, and zeros beyond the last.
  package func resized(to target: ImageSize) -> Tensor {
    let size = size
    return rearranged(to: target) { $0 < size.height && $1 < size.width ? ($0, $1) : nil }
  }

  /// The part of a size whose first sample is at a place.
  package func cropped(at place: (y: Int, x: Int), to size: ImageSize) -> Tensor {
    rearranged(to: size) { ($0 + place.y, $1 + place.x) }
  }

  /// x[s·n]: every s-th sample.
  package func downsampled(by factors: (y: Int, x: Int)) -> Tensor {
    let size = ImageSize((shape[0] + factors.y - 1) / factors.y, (shape[1] + factors.x - 1) / factors.x)
    return rearranged(to: size) { ($0 * factors.y, $1 * factors.x) }
  }

  /// The image with s − 1 zeros after each sample.
  package func upsampled(by factors: (y: Int, x: Int)) -> Tensor {
    rearranged(to: size.scaled(by: factors)) {
      $0 % factors.y == 0 && $1 % factors.x == 0 ? ($0 / factors.y, $1 / factors.x) : nil
    }
  }

  /// The image repeated s times along each axis.
  package func tiled(by factors: (y: Int, x: Int)) -> Tensor {
    let size = size
    return rearranged(to: size.scaled(by: factors)) { ($0 % size.height, $1 % size.width) }
  }
}
