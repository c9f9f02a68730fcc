import Spectral
import Tensors

/// A feature map ready for images of one or several channels, with all of its features or those that were chosen.
///
/// Images of several channels give the features of each in turn.
public struct ImageFeatures: Sendable {
  /// The name by which the user asked for them.
  public let name: String
  /// The map of one channel.
  public let map: any FeatureMap
  /// C, the number of channels of an image.
  public let channels: Int
  /// The features that are kept, by their place among all C·D, the best first; all when `nil`.
  public internal(set) var columns: [Int]?
  /// The logarithm that is taken of all of them, where it is.
  public internal(set) var compression: LogCompression?

  init(name: String, map: any FeatureMap, channels: Int) {
    self.name = name
    self.map = map
    self.channels = channels
  }

  /// The number of features of an image.
  public var dimension: Int { columns?.count ?? channels * map.dimension }

  /// The names of the features; with several channels each begins with its channel.
  public var names: [String] {
    let names = map.featureNames
    let all = channels == 1 ? names : (0..<channels).flatMap { channel in names.map { "channel \(channel) \($0)" } }
    return columns?.map { all[$0] } ?? all
  }

  /// The real multiply-adds that the features of one image take; chosen features cost what all do, a logarithm counts 1.
  public var operations: Double {
    Double(channels) * (map.operations + (compression == nil ? 0 : Double(map.dimension)))
  }

  /// The design matrix of images.
  ///
  /// - Parameter images: `[N, C, H, W]`.
  /// - Returns: `[N, D]`.
  /// - Throws: `InputError` for pixels that are not finite, and a matrix that needs more memory than there is.
  public func designMatrix(_ images: Tensor<Float>) throws -> Tensor<Double> {
    precondition(
      images.rank == 4 && images.shape[1] == channels, "expected images [N, \(channels), H, W], got \(images.shape)")
    let (count, width) = (images.shape[0], channels * map.dimension)
    var all = try map.designMatrix(images.reshaped([count * channels, images.shape[2], images.shape[3]]))
      .reshaped([count, width])
    compression?.apply(&all)
    guard let columns else { return all }
    return Tensor(shape: [count, columns.count]) { target in
      all.forEachRow { row, values in
        for (place, column) in columns.enumerated() { target[row * columns.count + place] = values[column] }
      }
    }
  }

  /// Checks that there are as many features as are to be kept.
  func check(_ selection: FeatureRequest.Selection) throws {
    guard selection.count <= dimension else {
      throw InputError(
        "features '\(name)'", "\(selection.count) features are to be kept, but there are \(dimension)",
        remedy: "Keep 1 to \(dimension).")
    }
  }
}
