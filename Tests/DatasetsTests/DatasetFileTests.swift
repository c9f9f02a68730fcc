import Datasets
import Formats
import Foundation
import TestSupport
import Tensors
import Testing

@Suite struct DatasetFileTests {
  private typealias Arrays = [(name: String, array: NumPyArray)]

  private static func images(_ shape: [Int]) -> NumPyArray {
    let bytes = (0..<shape.reduce(1, *)).map { UInt8(truncatingIfNeeded: 37 * $0) }
    return NumPyArray(Tensor(bytes, shape: shape))
  }

  /// Six images of 4×4 with two classes, and more arrays, of which those of the same name are replaced.
  private static func archive(_ more: Arrays = []) -> Arrays {
    let base: Arrays = [("X", images([6, 4, 4])), ("y", NumPyArray([0, 1, 0, 1, 0, 1]))]
    return base.filter { entry in !more.contains { $0.name == entry.name } } + more
  }

  private static let official: Arrays = [
    ("X_train", images([4, 4, 4])), ("y_train", NumPyArray([0, 1, 0, 1])), ("X_test", images([2, 4, 4])),
    ("y_test", NumPyArray([1, 0])),
  ]

  private func read(
    _ arrays: Arrays, groups: String? = nil, pixels: PixelScaling = .unitRange
  ) throws -> Dataset {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("made.npz")
      try NPZ.write(arrays, to: url)
      return try Dataset(npz: url, groups: groups.map { try GroupSelection(parsing: $0) }, pixels: pixels)
    }
  }

  private func expectError(_ part: String, _ arrays: Arrays, groups: String? = nil) {
    #expect {
      try read(arrays, groups: groups)
    } throws: {
      #expect("\($0)".contains(part), "\($0)")
      #expect("\($0)".contains("made.npz"), "\($0)")
      return $0 is InputError
    }
  }

  @Test func eightBitImagesAreScaledWhenAsked() throws {
    let scaled = try read(Self.archive())
    #expect(scaled.name == "made" && scaled.pixelScale == 1 / 255)
    #expect(scaled.images[0, 0, 1] == Float(37) / 255)
    let stored = try read(Self.archive(), pixels: .asStored)
    #expect(stored.images[0, 0, 1] == 37 && stored.pixelScale == 1)
    let wide = try read(Self.archive([("X", NumPyArray(Tensor<Float>(repeating: 37, shape: [6, 1, 4, 4])))]))
    #expect(wide.images[5, 0, 3, 3] == 37 && wide.pixelScale == 1)
  }

  @Test func labelsAreNumberedInSortedOrder() throws {
    let plain = try read(Self.archive())
    #expect(plain.classes == ["0", "1"])
    let shifted = try read(Self.archive([("y", NumPyArray([10, 2, 2, 7, 10, 7]))]))
    #expect(shifted.labels == [2, 0, 0, 1, 2, 1] && shifted.classes == ["2", "7", "10"])
    let named = try read(
      Self.archive([("y", NumPyArray([1, 2, 3, 1, 2, 3])), ("classes", NumPyArray(["a", "b", "c"]))]))
    #expect(named.labels == [0, 1, 2, 0, 1, 2] && named.classes == ["a", "b", "c"])
    let text = try read(Self.archive([("y", NumPyArray(["oak", "elm", "oak", "elm", "ash", "ash"]))]))
    #expect(text.labels == [2, 1, 2, 1, 0, 0] && text.classes == ["ash", "elm", "oak"])
    let ordered = try read(
      Self.archive([("y", NumPyArray(["b", "a", "b", "a", "b", "a"])), ("classes", NumPyArray(["b", "a"]))]))
    #expect(ordered.labels == [0, 1, 0, 1, 0, 1])
  }

  @Test func groupsComeFromKnownOrChosenKeys() throws {
    #expect(try read(Self.archive()).groups == nil)
    let files = try read(Self.archive([("files", NumPyArray(["b", "a", "a", "b", "c", "c"]))]))
    #expect(files.groups?.identifiers == [1, 0, 0, 1, 2, 2] && files.groups?.key == "files")
    let matrix: Arrays = Self.archive([("place", NumPyArray([0, 5, 0, 6, 1, 5, 1, 6, 2, 5, 2, 9], shape: [6, 2]))])
    #expect(try read(matrix, groups: "place:1").groups?.identifiers == [0, 1, 0, 1, 0, 2])
    #expect(try read(matrix, groups: "place:1").groups?.names == ["5", "6", "9"])
    #expect(try read(matrix, groups: "place:0").groups?.identifiers == [0, 0, 1, 1, 2, 2])
    #expect(try read(matrix, groups: "y").groups?.key == "y")
  }

  @Test func anOfficialSplitIsKept() throws {
    let dataset = try read(Self.official)
    #expect(dataset.count == 6 && dataset.officialTest == 4..<6 && dataset.labels == [0, 1, 0, 1, 1, 0])
    #expect(dataset.images[4, 0, 1] == dataset.images[0, 0, 1])
    let divided = try read(
      Self.official + [("image_id_train", NumPyArray([3, 3, 4, 4])), ("image_id_test", NumPyArray([9, 8]))])
    #expect(divided.groups?.identifiers == [0, 0, 1, 1, 3, 2])
    #expect(
      try read(Self.official + [("groups", NumPyArray([3, 3, 4, 4, 9, 8]))]).groups
        == ImageGroups(
          key: "groups", values: [3, 3, 4, 4, 9, 8]))
  }

  @Test func everyMistakeIsNamed() {
    var images = Tensor<Float>.zeros([6, 4, 4])
    images[3, 2, 1] = .nan
    expectError(
      "1 pixel is NaN or infinite, the first in image 3 at row 2, column 1", Self.archive([("X", NumPyArray(images))]))
    expectError(
      "expected images of shape [N, H, W] or [N, C, H, W], found shape [6, 16]",
      Self.archive([("X", Self.images([6, 16]))]))
    expectError("found 5 images and 6 labels", Self.archive([("X", Self.images([5, 4, 4]))]))
    expectError("at least 4×4 pixels, found 2×8", Self.archive([("X", Self.images([6, 2, 8]))]))
    expectError("shape [N], found shape [6, 1]", Self.archive([("y", NumPyArray([0, 1, 0, 1, 0, 1], shape: [6, 1]))]))
    expectError("label 2 is -1, expected whole numbers from 0", Self.archive([("y", NumPyArray([0, 1, -1, 1, 0, 1]))]))
    expectError("array 'y'", Self.archive([("y", NumPyArray(Tensor<Double>([0, 1, 0.5, 1, 0, 1])))]))
    expectError("expected at least 2 classes, found 1 ('4')", Self.archive([("y", NumPyArray([4, 4, 4, 4, 4, 4]))]))
    expectError(
      "found 6 images for 7 classes", Self.archive([("classes", NumPyArray(["a", "b", "c", "d", "e", "f", "g"]))]))
    expectError(
      "'classes' has 3 names for 2 different labels from 0 to 9",
      Self.archive([("y", NumPyArray([0, 9, 0, 9, 0, 9])), ("classes", NumPyArray(["a", "b", "c"]))]))
    expectError(
      "label 'c' is not among 'classes': a, b",
      Self.archive([("y", NumPyArray(["a", "b", "c", "a", "b", "c"])), ("classes", NumPyArray(["a", "b"]))]))
    expectError(
      "there is no array 'y'; expected X and y", [("X", Self.images([6, 4, 4])), ("labels", NumPyArray([1]))])
    expectError("It holds: X, labels.", [("X", Self.images([6, 4, 4])), ("labels", NumPyArray([1]))])
    expectError("there is no array 'y_test'", Array(Self.official.dropLast()))
    expectError(
      "expected images like those for training",
      Self.official.filter { $0.name != "X_test" } + [("X_test", Self.images([2, 4, 5]))])
  }

  @Test func everyMistakeInGroupsIsNamed() {
    let matrix = NumPyArray([Int](repeating: 0, count: 12), shape: [6, 2])
    expectError(
      "there is no array 'fils'; did you mean 'files'?", Self.archive([("files", NumPyArray(["a"]))]), groups: "fils")
    expectError(
      "groups 'files' have 1 entries, expected one for each of 6", Self.archive([("files", NumPyArray(["a"]))]))
    expectError("Write 'groups:COLUMN' with a column of 0…1", Self.archive([("groups", matrix)]))
    expectError(
      "expected groups with at least one column, found shape [6, 0]",
      Self.archive([("groups", NumPyArray([Int](), shape: [6, 0]))]))
    expectError("there is no column 2, expected 0…1", Self.archive([("place", matrix)]), groups: "place:2")
    expectError(
      "a vector has no column 1", Self.archive([("files", NumPyArray([1, 2, 3, 4, 5, 6]))]), groups: "files:1")
    expectError(
      "1 group of 'groups' lie in both the training and the test part, the first is '4'",
      Self.official + [("groups", NumPyArray([3, 3, 4, 4, 4, 8]))])
    for text in ["", ":1", "a:b", "a:-1", "a:1:2", "a:"] {
      #expect(throws: InputError.self, "\(text)") { try GroupSelection(parsing: text) }
    }
    #expect {
      try Dataset(npz: URL(fileURLWithPath: "absent.npz"), pixels: .asStored)
    } throws: {
      "\($0)".contains("absent.npz")
    }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    let made = [
      try Motifs().makeDataset(count: 9, from: RandomStream(seed: 1)),
      try Dataset(
        name: "made", images: .zeros([5, 2, 4, 5]), labels: [0, 1, 0, 1, 0], classes: ["a", "b"],
        groups: ImageGroups(key: "groups", values: [7, 7, 3, 3, 5]), officialTest: 4..<5,
        provenance: Provenance(licence: "CC BY 4.0")),
    ]
    for dataset in made {
      try Places.withTemporaryFolder { folder in
        let url = folder.appendingPathComponent("made.npz")
        try dataset.write(npz: url)
        let read = try Dataset(npz: url, pixels: .asStored)
        #expect(read.checksum == dataset.checksum && read.summary == dataset.summary)
        #expect(read.provenance == dataset.provenance)
      }
    }
  }

  @Test func sourceAndLicenceAreRead() throws {
    let source = NumPyArray(["a", "b"])
    let one = try read(Self.archive([("source", source), ("license", NumPyArray(["MIT"]))]))
    #expect(one.provenance == Provenance(source: "a b", licence: "MIT"))
    #expect(one.provenance(checksum: "a2b0a1873de3151d").licence == "MIT")
    #expect(try read(Self.archive()).provenance == Provenance())
    expectError("expected text", Self.archive([("licence", NumPyArray([3]))]))
  }

  @Test func namesAndPathsAreToldApart() throws {
    guard case .synthetic(let family) = try DatasetReference(parsing: "ramps") else {
      Issue.record("'ramps' is a family")
      return
    }
    #expect(type(of: family).name == "ramps")
    for path in ["x.npz", "folder/x", "X.NPZ"] {
      guard case .file = try DatasetReference(parsing: path) else {
        Issue.record("'\(path)' is a file")
        return
      }
    }
    #expect { try DatasetReference(parsing: "ramp") } throws: { "\($0)".contains("did you mean 'ramps'?") }
    let stream = RandomStream(seed: 4)
    let loaded = try DatasetReference(parsing: "motifs").load(count: 8, pixels: .unitRange, from: stream)
    #expect(try loaded.checksum == Motifs().makeDataset(count: 8, from: stream).checksum)
    #expect(throws: InputError.self) {
      try DatasetReference(parsing: "motifs").load(
        count: 8, groups: GroupSelection(key: "a"), pixels: .unitRange, from: stream)
    }
  }

  private struct Real {
    let file: String
    var groups: String?
    let count, classCount: Int
    var groupCount: Int?
    var test = 0
    let checksum: String
  }

  @Test(.enabled(if: Places.realData != nil, "the folder of real data is absent"))
  func realDataAreRead() throws {
    let folder = try #require(Places.realData)
    let expected = [
      Real(file: "usps_16x16", count: 9298, classCount: 10, test: 2007, checksum: "a2b0a1873de3151d"),
      Real(file: "neu_tiles_16x16", count: 16200, classCount: 6, groupCount: 1800, checksum: "49f5027fb4d883e5"),
      Real(file: "emps_patches_16x16", count: 14601, classCount: 3, groupCount: 465, checksum: "103247256ee19e41"),
      Real(
        file: "textures_16x16", groups: "tile_rc:1", count: 3072, classCount: 3, groupCount: 32,
        checksum: "76baaf9296d30a05"),
    ]
    for real in expected {
      let dataset = try Dataset(
        npz: folder.appendingPathComponent("\(real.file).npz"),
        groups: real.groups.map { try GroupSelection(parsing: $0) }, pixels: .unitRange)
      #expect(dataset.count == real.count && dataset.classes.count == real.classCount, "\(real.file)")
      #expect(dataset.groups?.count == real.groupCount, "\(real.file)")
      #expect((dataset.officialTest?.count ?? 0) == real.test, "\(real.file)")
      #expect(dataset.checksum == real.checksum, "\(real.file)")
      #expect(dataset.provenance(checksum: real.checksum).licence != nil, "\(real.file)")
      #expect(dataset.pixelRange.lowerBound >= 0 && dataset.pixelRange.upperBound <= 1, "\(real.file)")
    }
    #expect {
      try Dataset(npz: folder.appendingPathComponent("emps_segmentation_64x64.npz"), pixels: .unitRange)
    } throws: {
      "\($0)".contains("expected one label per image")
    }
  }
}
