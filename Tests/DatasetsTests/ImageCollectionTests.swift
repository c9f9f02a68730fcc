import Datasets
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ImageCollectionTests {
  private func collection(_ arrays: [(name: String, array: NumPyArray)]) throws -> ImageCollection {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("images.npz")
      try NPZ.write(arrays, to: url)
      return try ImageCollection(npz: url)
    }
  }

  private let images = NumPyArray(Tensor<Float>.zeros([3, 4, 5]))

  @Test func labelsNeedNotCoverTheClasses() throws {
    let batch = try collection([("X", images), ("y", NumPyArray([7, 2, 7]))])
    #expect(batch.images.shape == [3, 1, 4, 5] && batch.imageShape == [1, 4, 5] && batch.hasLabels)
    #expect(try batch.labels() == ClassLabels(labels: [1, 0, 1], classes: ["2", "7"]))
    #expect(try batch.labels(classCount: 10).labels == [7, 2, 7])
    #expect(try batch.labels(classCount: 2).labels == [1, 0, 1])
    let named = try collection([
      ("X", images), ("y", NumPyArray(["b", "b", "b"])), ("classes", NumPyArray(["a", "b"])),
    ])
    #expect(try named.labels(classCount: 2) == ClassLabels(labels: [1, 1, 1], classes: ["a", "b"]))
  }

  @Test func labelsMayBeMissing() throws {
    let whole = try collection([("X", images)])
    #expect(whole.count == 3 && !whole.hasLabels && whole.officialTest == nil)
    let divided = try collection([("X_train", images), ("X_test", images)])
    #expect(divided.count == 6 && divided.officialTest == 3..<6)
    #expect { try whole.labels() } throws: { "\($0)".contains("there is no array 'y'") }
  }

  @Test func mistakesAreNamed() throws {
    let batch = try collection([("X", images), ("y", NumPyArray([7, 2, 7]))])
    #expect { try batch.labels(classCount: 5) } throws: {
      "\($0)".contains("expected labels of 5 classes, found 2 ('2', '7')")
    }
    let short = try collection([("X", images), ("y", NumPyArray([7, 2]))])
    #expect { try short.labels(classCount: 8) } throws: { "\($0)".contains("found 3 images and 2 labels") }
    #expect { try collection([("Y", images)]) } throws: {
      "\($0)".contains("there is no array 'X'; expected X, or X_train and X_test")
    }
    var unfit = Tensor<Float>.zeros([3, 4, 5])
    unfit[2, 1, 3] = .infinity
    #expect { try collection([("X", NumPyArray(unfit))]) } throws: { "\($0)".contains("in image 2 at row 1, column 3") }
    #expect { try collection([("X", NumPyArray(Tensor<Float>.zeros([0, 4, 5])))]) } throws: {
      "\($0)".contains("at least one pixel")
    }
  }
}
