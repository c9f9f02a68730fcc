import Datasets
import Foundation
import Numerics
import Parallel
import Tensors

/// Perturbs images of a data set.
///
/// The direction of a shift or a rotation, and the noise, belong to the image: every model sees the same, in every repeat, and
/// a stronger shift goes where the weaker one went.
package struct Perturber: Sendable {
  private let range: ClosedRange<Float>
  private let deviation: Double
  private let random: RandomStream

  package init(_ dataset: Dataset, random: RandomStream) {
    range = dataset.pixelRange
    self.random = random
    deviation = dataset.images.withUnsafeBufferPointer { pixels in
      let count = Double(max(1, pixels.count))
      let mean = pixels.reduce(0.0) { $0 + Double($1) } / count
      return (pixels.reduce(0.0) { $0 + (Double($1) - mean) * (Double($1) - mean) } / count).squareRoot()
    }
  }

  /// Images that are perturbed.
  ///
  /// - Parameters:
  ///   - perturbation: What is done to them.
  ///   - images: `[N, C, H, W]`.
  ///   - indices: Their numbers in the data set.
  /// - Returns: `[N, C, H, W]`.
  package func apply(_ perturbation: Perturbation, to images: Tensor<Float>, indices: [Int]) -> Tensor<Float> {
    precondition(images.rank == 4 && images.shape[0] == indices.count, "expected \(indices.count) images [N, C, H, W]")
    let size = images.count / max(1, indices.count)
    let stream = random.split(perturbation.kind.rawValue)
    var result = images
    result.withDisjointSlices { slices in
      parallelFor(indices.count) { number in
        let pixels = slices[number * size..<(number + 1) * size]
        var image = Image(
          pixels: Array(pixels), channels: images.shape[1], height: images.shape[2], width: images.shape[3])
        change(&image, perturbation, stream.split(indices[number]))
        for index in 0..<size { pixels[index] = image.pixels[index] }
      }
    }
    return result
  }

  private func change(_ image: inout Image, _ perturbation: Perturbation, _ stream: RandomStream) {
    var stream = stream
    let strength = perturbation.strength
    switch perturbation.kind {
    case .shift:
      let (rows, columns) = [(0, 1), (0, -1), (1, 0), (-1, 0)][stream.integer(in: 0..<4)]
      image.shift(rows: rows * Int(strength), columns: columns * Int(strength))
    case .rotation: image.rotate(degrees: stream.integer(in: 0..<2) == 0 ? strength : -strength)
    case .blur: image.blur(deviation: strength)
    case .noise: image.map { $0 + Float(strength * deviation * stream.normal()) }
    case .dose: image.map { count($0, dose: strength, &stream) }
    case .contrast: image.stretch(factor: strength)
    }
  }

  private func count(_ pixel: Float, dose: Double, _ stream: inout RandomStream) -> Float {
    let width = Double(range.upperBound - range.lowerBound)
    guard width > 0 else { return pixel }
    let share = Double(pixel - range.lowerBound) / width
    return range.lowerBound + Float(width * Double(stream.poisson(mean: dose * share)) / dose)
  }
}

/// One image of some channels while it is being changed.
private struct Image {
  var pixels: [Float]
  let channels: Int
  let height: Int
  let width: Int

  mutating func map(_ change: (Float) -> Float) {
    for index in pixels.indices { pixels[index] = change(pixels[index]) }
  }

  mutating func shift(rows: Int, columns: Int) {
    resample { source, row, column in source(row - rows, column - columns) }
  }

  /// The pixel at a place is taken from where a turn back about the centre leads.
  mutating func rotate(degrees: Double) {
    let (cosine, sine) = (Double.cos(degrees * .pi / 180), Double.sin(degrees * .pi / 180))
    let (y, x) = (Double(height - 1) / 2, Double(width - 1) / 2)
    resample { source, row, column in
      let (dy, dx) = (Double(row) - y, Double(column) - x)
      let (top, left) = (y + cosine * dy - sine * dx, x + sine * dy + cosine * dx)
      let (i, j) = (top.rounded(.down), left.rounded(.down))
      let (v, u) = (Float(top - i), Float(left - j))
      let upper = (1 - u) * source(Int(i), Int(j)) + u * source(Int(i), Int(j) + 1)
      let lower = (1 - u) * source(Int(i) + 1, Int(j)) + u * source(Int(i) + 1, Int(j) + 1)
      return (1 - v) * upper + v * lower
    }
  }

  /// A Gaussian cut off at four standard deviations, along both axes.
  mutating func blur(deviation: Double) {
    let radius = Int(4 * deviation + 0.5)
    guard radius > 0 else { return }
    let weights = (-radius...radius).map { Double.exp(-0.5 * Double($0 * $0) / (deviation * deviation)) }
    let sum = weights.reduce(0, +)
    let kernel = weights.map { Float($0 / sum) }
    resample { source, row, column in
      kernel.indices.reduce(Float(0)) { $0 + kernel[$1] * source(row + $1 - radius, column) }
    }
    resample { source, row, column in
      kernel.indices.reduce(Float(0)) { $0 + kernel[$1] * source(row, column + $1 - radius) }
    }
  }

  mutating func stretch(factor: Double) {
    let area = height * width
    for channel in 0..<channels {
      let mean = pixels[channel * area..<(channel + 1) * area].reduce(0, +) / Float(area)
      for index in channel * area..<(channel + 1) * area {
        pixels[index] = mean + Float(factor) * (pixels[index] - mean)
      }
    }
  }

  /// Makes every pixel anew from the old ones; outside the image lie the pixels of its border.
  private mutating func resample(_ pixel: (_ source: (Int, Int) -> Float, _ row: Int, _ column: Int) -> Float) {
    let old = self
    for channel in 0..<channels {
      let start = channel * height * width
      let source = { (row: Int, column: Int) in
        old.pixels[start + min(max(row, 0), old.height - 1) * old.width + min(max(column, 0), old.width - 1)]
      }
      for row in 0..<height {
        for column in 0..<width { pixels[start + row * width + column] = pixel(source, row, column) }
      }
    }
  }
}
