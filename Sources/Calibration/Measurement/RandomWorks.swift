import Foundation
import Spectral
import Tensors

/// Convolutions drawn at random: some for calibrating a planner, others for judging it by what it has not seen.
///
/// Half of those that judge are one kernel on one image, once or many times; the others one kernel on a batch, banks, and
/// steps of training. A calibration draws more banks, which have more sizes to differ in. Sides, channels and numbers of
/// images are drawn evenly in their logarithm.
public enum RandomWorks {
  private enum Kind {
    case image(ConvolutionWork.Purpose)
    case batch
    case bank(ConvolutionWork.Purpose)
  }

  private static let judging: [Kind] = [
    .image(.forward), .image(.single), .image(.forward), .image(.single), .batch, .bank(.forward), .bank(.training),
    .bank(.training),
  ]
  private static let calibrating: [Kind] = [
    .image(.forward), .image(.single), .batch, .bank(.forward), .bank(.forward), .bank(.forward), .bank(.training),
    .bank(.training),
  ]

  private static let mostNumbers = 1 << 24
  private static let mostOperations = 1e10

  /// Draws convolutions in mode `same` with zeros outside.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - seed: The seed.
  /// - Returns: The convolutions.
  public static func draw(_ count: Int, seed: UInt64) -> [ConvolutionWork] {
    draw(count, judging, RandomStream(seed: seed).split("works of convolution"))
  }

  /// Draws the convolutions that a calibration measures, which are no others' for any seed.
  static func drawForCalibration(_ count: Int) -> [ConvolutionWork] {
    draw(count, calibrating, RandomStream(seed: 0).split("works of calibration"))
  }

  private static func draw(_ count: Int, _ kinds: [Kind], _ stream: RandomStream) -> [ConvolutionWork] {
    var stream = stream
    var works: [ConvolutionWork] = []
    while works.count < count {
      if let work = draw(kinds, &stream) { works.append(work) }
    }
    return works
  }

  /// A convolution that is neither too large to be measured nor has a kernel larger than the image.
  private static func draw(_ kinds: [Kind], _ stream: inout RandomStream) -> ConvolutionWork? {
    let work =
      switch kinds[stream.integer(in: 0..<kinds.count)] {
      case .image(let purpose): image(purpose, &stream)
      case .batch: bank(.forward, most: 1, &stream)
      case .bank(let purpose): bank(purpose, most: 64, &stream)
      }
    return work.flatMap { isMeasurable($0) ? $0 : nil }
  }

  private static func image(_ purpose: ConvolutionWork.Purpose, _ stream: inout RandomStream) -> ConvolutionWork? {
    let size = number(in: 8...2048, &stream)
    let kernel = number(in: 1...255, &stream)
    return CalibrationGrid.work(height: size, width: size, kernel: (kernel, kernel), purpose: purpose)
  }

  /// Several images and, where `most` is more than 1, channels and filters.
  private static func bank(
    _ purpose: ConvolutionWork.Purpose, most: Int, _ stream: inout RandomStream
  ) -> ConvolutionWork? {
    let size = number(in: 8...128, &stream)
    let kernel = number(in: 1...31, &stream)
    let channels = most == 1 ? 1 : number(in: 1...most, &stream)
    let filters = most == 1 ? 1 : number(in: 1...most, &stream)
    let images = number(in: 1...128, &stream)
    return CalibrationGrid.work(
      height: size, width: size, kernel: (kernel, kernel), channels: channels, filters: filters, images: images,
      purpose: purpose)
  }

  private static func isMeasurable(_ work: ConvolutionWork) -> Bool {
    let numbers = work.images * max(work.shape.inputCount, work.shape.outputCount)
    let operations = Double(work.images * work.shape.outputHeight * work.shape.outputWidth * work.shape.kernelCount)
    return numbers <= mostNumbers && (work.shape.kernelCount == 1 || operations <= mostOperations)
  }

  private static func number(in range: ClosedRange<Int>, _ stream: inout RandomStream) -> Int {
    let (low, high) = (log2(Double(range.lowerBound)), log2(Double(range.upperBound) + 1))
    return min(range.upperBound, Int(exp2(stream.uniform(in: low..<high))))
  }
}
