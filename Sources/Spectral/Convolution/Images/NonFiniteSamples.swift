internal import Tensors

/// The samples of an image that are not finite, and the outputs whose windows hold one.
struct NonFiniteSamples<S: SpectralScalar> {
  /// The image with zeros in their place.
  let cleaned: Tensor<S>

  private let isAffected: [Bool]

  init(_ image: Tensor<S>, _ shape: ConvolutionShape, _ boundary: Boundary) {
    cleaned = image.map { $0.isFinite ? $0 : 0 }
    let marks = image.map { $0.isFinite ? Float(0) : 1 }
    var extended = [Float](repeating: 0, count: Extension<Float>(shape, boundary).count)
    marks.withUnsafeBufferPointer { marks in
      extended.withUnsafeMutableBufferPointer {
        Extension<Float>(shape, boundary).extend(marks.baseAddress!, into: $0.baseAddress!)
      }
    }
    let rows = Self.dilated(
      extended, lines: shape.paddedHeight, lineStride: shape.paddedWidth, elements: shape.outputWidth,
      elementStride: 1, window: shape.windowWidth)
    let columns = Self.dilated(
      rows, lines: shape.outputWidth, lineStride: 1, elements: shape.outputHeight, elementStride: shape.outputWidth,
      window: shape.windowHeight)
    isAffected = columns.prefix(shape.positionCount).map { $0 > 0 }
  }

  /// Makes the affected outputs NaN.
  func mark(_ result: inout Tensor<S>) {
    result.withUnsafeMutableBufferPointer { output in
      for index in output.indices where isAffected[index] { output[index] = .nan }
    }
  }

  /// The number of marks in the window that begins at each element of each line, packed like a matrix in which the
  /// windows take the place of the elements.
  private static func dilated(
    _ marks: [Float], lines: Int, lineStride: Int, elements: Int, elementStride: Int, window: Int
  ) -> [Float] {
    let (targetLineStride, targetElementStride) = elementStride == 1 ? (elements, 1) : (1, elementStride)
    var result = [Float](repeating: 0, count: lines * elements)
    for line in 0..<lines {
      var sum: Float = 0
      for element in 0..<elements + window - 1 {
        sum += marks[line * lineStride + element * elementStride] > 0 ? 1 : 0
        if element >= window { sum -= marks[line * lineStride + (element - window) * elementStride] > 0 ? 1 : 0 }
        let first = element - window + 1
        if first >= 0 { result[line * targetLineStride + first * targetElementStride] = sum }
      }
    }
    return result
  }
}
