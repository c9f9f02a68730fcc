internal import Tensors

/// How images lie in a tensor: `[…, n]` or `[…, H, W]`, or, with channels, `[…, C, n]` or `[…, C, H, W]`.
struct ImageAxes: Sendable, Equatable {
  /// 1 for signals, 2 for images.
  let spatialRank: Int
  let hasChannels: Bool

  /// The axes of one image; all before them are a batch.
  var rank: Int { spatialRank + (hasChannels ? 1 : 0) }

  /// The shape of one image.
  func shape(channels: Int, height: Int, width: Int) -> [Int] {
    (hasChannels ? [channels] : []) + (spatialRank == 2 ? [height] : []) + [width]
  }

  /// The rows and columns of an image; a signal has one row.
  func size(of shape: [Int]) -> (height: Int, width: Int) {
    (spatialRank == 2 ? shape[shape.count - 2] : 1, shape[shape.count - 1])
  }
}
