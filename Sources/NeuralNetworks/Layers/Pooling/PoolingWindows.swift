internal import CKernels

/// How the windows of a pooling layer lie on an image: ⌊(H + 2·padding − k) / stride⌋ + 1 of them in each direction.
struct PoolingWindows: Equatable {
  let size: Extent2D
  let stride: Extent2D
  let padding: Extent2D

  init(size: Extent2D, stride: Extent2D?, padding: Extent2D) {
    let stride = stride ?? size
    precondition(size.height >= 1 && size.width >= 1, "expected a window of at least 1×1, got \(size)")
    precondition(stride.height >= 1 && stride.width >= 1, "expected a stride of at least 1×1, got \(stride)")
    precondition(
      padding.height >= 0 && padding.width >= 0 && 2 * padding.height <= size.height
        && 2 * padding.width <= size.width, "expected a padding of at most half the window \(size), got \(padding)")
    self.size = size
    self.stride = stride
    self.padding = padding
  }

  func outputShape(for inputShape: [Int]) throws -> [Int] {
    guard inputShape.count == 3, inputShape[1] + 2 * padding.height >= size.height,
      inputShape[2] + 2 * padding.width >= size.width
    else {
      throw LayerShapeError(expected: "images [C, H, W] of at least \(size) with their padding", found: inputShape)
    }
    return [
      inputShape[0], (inputShape[1] + 2 * padding.height - size.height) / stride.height + 1,
      (inputShape[2] + 2 * padding.width - size.width) / stride.width + 1,
    ]
  }

  func onImage(_ inputShape: [Int], outputShape: [Int]) -> kernel_windows {
    kernel_windows(
      height: inputShape[1], width: inputShape[2], window_height: size.height, window_width: size.width,
      stride_y: stride.height, stride_x: stride.width, top: padding.height, left: padding.width,
      output_height: outputShape[1], output_width: outputShape[2])
  }
}
