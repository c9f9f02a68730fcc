/// What part of the input one output of a layer sees, along one axis.
///
/// Output number i sees the pixels from start + i·jump to start + i·jump + size − 1; a start below 0 is padding.
///
/// A. Araujo, W. Norris and J. Sim, *Computing receptive fields of convolutional neural networks*, Distill, 2019.
public struct ReceptiveField: Codable, Equatable, Sendable {
  /// The pixels that one output sees.
  public let size: Int
  /// The first pixel that the first output sees.
  public let start: Int
  /// The pixels between the fields of neighbouring outputs; 0 where there is one output, or all see the same.
  public let jump: Int

  /// A single pixel of the input.
  static let pixel = ReceptiveField(size: 1, start: 0, jump: 1)

  /// The field behind windows that slide over outputs with this field.
  func seen(through window: SlidingWindow) -> ReceptiveField {
    ReceptiveField(
      size: size + (window.size - 1) * jump, start: start - window.padding * jump, jump: jump * window.stride)
  }

  /// The field of something that sees so many outputs with this field.
  func whole(_ count: Int) -> ReceptiveField { ReceptiveField(size: size + (count - 1) * jump, start: start, jump: 0) }

  /// The smallest field that holds two; `nil` where their outputs lie differently.
  func joined(with other: ReceptiveField) -> ReceptiveField? {
    guard jump == other.jump else { return nil }
    let first = min(start, other.start)
    return ReceptiveField(size: max(start + size, other.start + other.size) - first, start: first, jump: jump)
  }
}

/// How the windows of a layer lie along one axis.
struct SlidingWindow {
  let size: Int
  let stride: Int
  let padding: Int
}

/// A layer whose outputs each see a window of its input.
protocol SlidingLayer: Layer {
  /// The windows along the rows and along the columns.
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) { get }
}

extension Conv2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) {
    (
      SlidingWindow(
        size: (description.kernelSize.height - 1) * description.dilation.height + 1, stride: description.stride.height,
        padding: description.padding.top),
      SlidingWindow(
        size: (description.kernelSize.width - 1) * description.dilation.width + 1, stride: description.stride.width,
        padding: description.padding.left)
    )
  }
}

extension LocallyConnected2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) {
    (
      SlidingWindow(size: kernelSize.height, stride: stride.height, padding: padding.top),
      SlidingWindow(size: kernelSize.width, stride: stride.width, padding: padding.left)
    )
  }
}

extension ZeroPad2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) {
    (SlidingWindow(size: 1, stride: 1, padding: margins.top), SlidingWindow(size: 1, stride: 1, padding: margins.left))
  }
}

extension Crop2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) {
    (
      SlidingWindow(size: 1, stride: 1, padding: -margins.top),
      SlidingWindow(size: 1, stride: 1, padding: -margins.left)
    )
  }
}

extension MaxPool2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) { windows.sliding }
}

extension AveragePool2D: SlidingLayer {
  var slidingWindows: (rows: SlidingWindow, columns: SlidingWindow) { windows.sliding }
}

extension PoolingWindows {
  fileprivate var sliding: (rows: SlidingWindow, columns: SlidingWindow) {
    (
      SlidingWindow(size: size.height, stride: stride.height, padding: padding.height),
      SlidingWindow(size: size.width, stride: stride.width, padding: padding.width)
    )
  }
}
