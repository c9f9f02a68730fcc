import Spectral

/// The convolutions that a calibration measures: single images, signals and banks, from small to large, and some drawn at
/// random in between.
enum CalibrationGrid {
  static let works: [ConvolutionWork] = regular + RandomWorks.drawForCalibration(240)

  /// Those of common sizes.
  static let regular: [ConvolutionWork] = images + signals + banks

  private static let images = [32, 64, 128, 256, 512, 1024, 2048].flatMap { size in
    [1, 2, 3, 5, 9, 15, 31, 63, 127, 255].compactMap { kernel in
      work(height: size, width: size, kernel: (kernel, kernel))
    }
  }

  private static let signals = [1 << 10, 1 << 14, 1 << 18].flatMap { size in
    [9, 64, 512, 4096].compactMap { work(height: 1, width: size, kernel: (1, $0)) }
  }

  private static let banks = [(3, 64), (32, 64)].flatMap { channels, filters in
    [(8, 128), (16, 32), (56, 1)].flatMap { size, images in
      [1, 3, 7, 15].flatMap { kernel in
        [ConvolutionWork.Purpose.forward, .training].compactMap { purpose in
          work(
            height: size, width: size, kernel: (kernel, kernel), channels: channels, filters: filters, images: images,
            purpose: purpose)
        }
      }
    }
  }

  /// The work in mode `same`; `nil` for a kernel larger than the image.
  static func work(
    height: Int, width: Int, kernel: (height: Int, width: Int), channels: Int = 1, filters: Int = 1, images: Int = 1,
    purpose: ConvolutionWork.Purpose = .forward
  ) -> ConvolutionWork? {
    guard kernel.height <= height && kernel.width <= width else { return nil }
    let shape = try? ConvolutionShape(
      inputChannels: channels, outputChannels: filters, inputHeight: height, inputWidth: width,
      kernelHeight: kernel.height, kernelWidth: kernel.width,
      padding: .same(kernelHeight: kernel.height, kernelWidth: kernel.width))
    return shape.map { ConvolutionWork($0, images: images, purpose: purpose) }
  }
}
