import Foundation
import Spectral
import Tensors

/// Convolutions drawn at random: some for calibrating a planner, others for judging it by what it has not seen.
///
/// Half of them are one kernel on one image, once or many times; the others one kernel on a batch, banks, and steps of
/// training. Sides, channels and numbers of images are drawn evenly in their logarithm.
public enum RandomWorks {
  private static let mostNumbers = 1 << 24
  private static let mostOperations = 1e10

  /// Draws convolutions in mode `same` with zeros outside.
  ///
  /// - Parameters:
  ///   - count: How many.
  ///   - seed: The seed.
  /// - Returns: The convolutions.
  public static func draw(_ count: Int, seed: UInt64) -> [ConvolutionWork] {
    draw(count, RandomStream(seed: seed).split("works of convolution"))
  }

  /// Draws the convolutions that a calibration measures, which are no others' for any seed.
  static func drawForCalibration(_ count: Int) -> [ConvolutionWork] {
    draw(count, RandomStream(seed: 0).split("works of calibration"))
  }

  private static func draw(_ count: Int, _ stream: RandomStream) -> [ConvolutionWork] {
    var stream = stream
    var works: [ConvolutionWork] = []
    while works.count < count {
      if let work = draw(&stream) { works.append(work) }
    }
    return works
  }

  /// A convolution that is neither too large to be measured nor has a kernel larger than the image.
  private static func draw(_ stream: inout RandomStream) -> ConvolutionWork? {
    let kind = stream.integer(in: 0..<8)
    let (isSingle, isBatch) = (kind < 4, kind == 4)
    let size = number(in: 8...(isSingle ? 2048 : 128), &stream)
    let kernel = number(in: 1...(isSingle ? 255 : 31), &stream)
    let channels = isSingle || isBatch ? 1 : number(in: 1...64, &stream)
    let filters = isSingle || isBatch ? 1 : number(in: 1...64, &stream)
    let images = isSingle ? 1 : number(in: 1...128, &stream)
    let purposes: [ConvolutionWork.Purpose] = [
      .forward, .single, .forward, .single, .forward, .forward, .training, .training,
    ]
    let work = CalibrationGrid.work(
      height: size, width: size, kernel: (kernel, kernel), channels: channels, filters: filters, images: images,
      purpose: purposes[kind])
    return work.flatMap { isMeasurable($0) ? $0 : nil }
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
