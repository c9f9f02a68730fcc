import Formats
import Foundation
import Tensors

/// A file of images with an official test part, made of one without.
enum OfficialSplit {
  static func write(_ source: URL, testCount: Int, to target: URL) throws {
    let archive = try NPZ.read(source)
    let images: Tensor<Float> = try archive["X"].tensor()
    let labels = try archive["y"].integers()
    let border = labels.count - testCount
    try NPZ.write(
      [
        ("X_train", NumPyArray(images[rows: 0..<border])), ("y_train", NumPyArray(Array(labels[..<border]))),
        ("X_test", NumPyArray(images[rows: border..<labels.count])), ("y_test", NumPyArray(Array(labels[border...]))),
      ], to: target)
  }
}
