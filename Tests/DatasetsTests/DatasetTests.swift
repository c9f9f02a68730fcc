import Datasets
import Tensors
import Testing

@Suite struct DatasetTests {
  private func make(
    images: Tensor<Float> = .zeros([4, 4, 4]), labels: [Int] = [0, 1, 0, 1], classes: [String] = ["a", "b"],
    groups: [Int]? = nil, officialTest: Range<Int>? = nil, origin: String? = nil
  ) throws -> Dataset {
    try Dataset(
      name: "made", images: images, labels: labels, classes: classes,
      groups: groups.map { ImageGroups(key: "source", values: $0) }, officialTest: officialTest, origin: origin)
  }

  private func expectError(_ part: String, _ body: () throws -> Dataset) {
    #expect {
      try body()
    } throws: {
      #expect("\($0)".contains(part), "\($0)")
      return $0 is InputError && "\($0)".hasPrefix("made: ")
    }
  }

  @Test func soundDataAreDescribed() throws {
    let dataset = try make(images: .zeros([4, 2, 5, 6]), groups: [7, 3, 7, 9], officialTest: 3..<4)
    #expect(dataset.count == 4 && dataset.channels == 2 && dataset.height == 5 && dataset.width == 6)
    #expect(dataset.classCounts == [2, 2])
    #expect(dataset.officialTraining == 0..<3)
    #expect(dataset.groups?.identifiers == [1, 0, 1, 2])
    #expect(dataset.groups?.names == ["3", "7", "9"])
  }

  @Test func everyMistakeIsNamed() {
    expectError("expected images of shape [N, H, W] or [N, C, H, W], found shape [4, 16]") {
      try make(images: .zeros([4, 16]))
    }
    expectError("at least 4×4 pixels, found 3×9") { try make(images: .zeros([4, 3, 9])) }
    expectError("in NumPy, X.transpose(0, 3, 1, 2)") { try make(images: .zeros([4, 16, 16, 3])) }
    expectError("expected at least 1 channel, found 0 in shape [4, 0, 8, 8]") {
      try make(images: .zeros([4, 0, 8, 8]))
    }
    expectError("found 3 images and 4 labels") { try make(images: .zeros([3, 4, 4])) }
    expectError("expected at least 2 classes, found 1 ('a')") { try make(labels: [0, 0, 0, 0], classes: ["a"]) }
    expectError("two classes are called 'a'") { try make(classes: ["a", "a"]) }
    expectError("found 4 images for 5 classes") { try make(classes: ["a", "b", "c", "d", "e"]) }
    expectError("image 2 has label 2, expected 0…1") { try make(labels: [0, 1, 2, 1]) }
    expectError("class 'c' has no image") { try make(classes: ["a", "b", "c"]) }
    expectError("groups 'source' have 3 entries") { try make(groups: [1, 2, 3]) }
    expectError("1 group of 'source' lie") { try make(groups: [1, 2, 3, 2], officialTest: 3..<4) }
    expectError("the first is '2'") { try make(groups: [1, 2, 3, 2], officialTest: 3..<4) }
    expectError("class 'b' occurs in the official test part only") {
      try make(labels: [0, 0, 0, 1], officialTest: 3..<4)
    }
    expectError("found 4 and 0") { try make(officialTest: 4..<4) }
  }

  @Test func pixelsThatAreNotNumbersAreCountedAndPlaced() {
    var images = Tensor<Float>.zeros([4, 4, 5])
    images[2, 3, 1] = .nan
    images[3, 0, 0] = .infinity
    expectError("2 pixels are NaN or infinite, the first in image 2 at row 3, column 1") { try make(images: images) }
    var colour = Tensor<Float>.zeros([4, 2, 4, 4])
    colour[1, 1, 2, 3] = .nan
    expectError("1 pixel is NaN or infinite, the first in image 1 at row 2, column 3") { try make(images: colour) }
  }

  @Test func anotherOrderKeepsEverythingElse() throws {
    let dataset = try make(labels: [0, 1, 1, 0], groups: [7, 3, 7, 9], origin: "made.npz")
    let reordered = try dataset.reordered([3, 2, 1, 0], officialTest: nil)
    #expect(reordered.labels == [0, 1, 1, 0] && reordered.origin == "made.npz")
    #expect(reordered.groups?.identifiers == [2, 1, 0, 1] && reordered.groups?.names == ["3", "7", "9"])
    #expect(try reordered.reordered([3, 2, 1, 0], officialTest: nil).checksum == dataset.checksum)
  }

  @Test func theChecksumSeesEveryPart() throws {
    var hash = FNV1a()
    for byte in "foobar".utf8 { hash.add(byte: byte) }
    #expect(hash.value == 0x8594_4171_F739_67E8)
    var images = Tensor<Float>.zeros([4, 4, 4])
    images[0, 0, 0] = 1e-30
    let variants = [
      try make(), try make(images: images), try make(images: .zeros([4, 1, 4, 4])), try make(labels: [0, 1, 1, 0]),
      try make(classes: ["a", "c"]), try make(groups: [0, 1, 2, 3]), try make(officialTest: 2..<4),
    ]
    #expect(Set(variants.map(\.checksum)).count == variants.count)
    #expect(variants[0].checksum.count == 16)
    #expect(try make().checksum == variants[0].checksum)
  }
}
