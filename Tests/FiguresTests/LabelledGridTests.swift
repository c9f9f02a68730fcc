import Figures
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct LabelledGridTests {
  private let tiles = Tensor<Double>([-1, 0, 0.5, 1, 3, -3, 0, 0], shape: [2, 2, 2])

  private func grid(heading: String = "", companions: Bool = false, columns: Int? = nil) -> LabelledGrid {
    let group = LabelledGrid.Group(
      heading: heading, tiles: tiles, captions: ["cos(1,2)", "it's level 2 of a long caption"],
      companions: companions ? tiles.map(abs) : nil)
    return LabelledGrid(
      title: "Atoms & 'filters'", remark: "2×2 pixels", scaleName: "own scale", companionName: "spectra",
      groups: [group], columns: columns)
  }

  private func png(_ grid: LabelledGrid) throws -> PNGImage {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.PNG")
      try grid.write(to: url)
      return try PNG.read(url)
    }
  }

  private func color(_ image: PNGImage, _ row: Int, _ column: Int) -> RGBColor {
    let channels = (0..<3).map { UInt8(image.sample(row: row, column: column, channel: $0)) }
    return RGBColor(red: channels[0], green: channels[1], blue: channels[2])
  }

  /// A sample of 2×2 tiles is 72 pixels wide, the first tile begins at (92, 36) and the second 166 pixels further.
  @Test func samplesAreSquaresOfTheColourOfTheirNumber() throws {
    let image = try png(grid(columns: 2))
    let expected = [[0, 0.5, 0.75, 1], [1, 0, 0.5, 0.5]].map { $0.map(ColorMap.redBlue.color(at:)) }
    for (tile, colors) in expected.enumerated() {
      for (sample, wanted) in colors.enumerated() {
        let (top, left) = (92 + sample / 2 * 72, 36 + tile * 166 + sample % 2 * 72)
        for (row, column) in [(top, left), (top, left + 71), (top + 71, left), (top + 71, left + 71)] {
          #expect(color(image, row, column) == wanted, "tile \(tile), sample \(sample), pixel \(row), \(column)")
        }
      }
    }
  }

  @Test func companionsStandBesideTheirTilesInGray() throws {
    let image = try png(grid(companions: true, columns: 1))
    let levels = [1, 0, 0.5, 1].map(ColorMap.gray.color(at:))
    for (sample, wanted) in levels.enumerated() {
      #expect(color(image, 92 + sample / 2 * 72 + 36, 36 + 148 + sample % 2 * 72 + 36) == wanted)
    }
  }

  @Test func wordsStandWhereNoTileIs() throws {
    let image = try png(grid(heading: "band", columns: 2))
    func isInked(_ rows: Range<Int>, _ columns: Range<Int>) -> Bool {
      rows.contains { row in columns.contains { image.sample(row: row, column: $0) < 100 } }
    }
    #expect(isInked(20..<50, 36..<200) && isInked(92..<130, 36..<100))
    #expect(isInked(134 + 146..<134 + 165, 36..<180) && isInked(134 + 167..<134 + 186, 202..<346))
    #expect(!isInked(134 + 146..<image.height - 70, 360..<image.width))
  }

  @Test func svgHoldsTheWords() throws {
    try Places.withTemporaryFolder { folder in
      let url = folder.appendingPathComponent("atoms.svg")
      try grid(heading: "level 2 horizontal").write(to: url)
      let text = try String(contentsOf: url, encoding: .utf8)
      for word in ["Atoms &amp; ", "2×2 pixels", "level 2 horizontal", "cos(1,2)", "own scale", "−max", "<image "] {
        #expect(text.contains(word), "\(word)")
      }
    }
  }

  @Test(arguments: [1, 2, 5, 16, 64, 100, 256, 1000], [[16, 16], [1, 16], [3, 3], [64, 64], [200, 100]])
  func picturesAreWiderThanHigh(count: Int, size: [Int]) throws {
    let group = LabelledGrid.Group(
      tiles: Tensor<Double>.zeros([count] + size), captions: (0..<count).map { "atom \($0)" })
    let picture = LabelledGrid(title: "", remark: "", scaleName: "", groups: [group]).render()
    let aspect = Double(picture.width) / Double(picture.height)
    #expect((count < 3 ? 0.5...4 : 0.9...2.6).contains(aspect), "\(picture.width)×\(picture.height)")
  }

  @Test func groupsStandBesideEachOther() {
    let groups = (0..<8).map { number in
      LabelledGrid.Group(
        heading: "band \(number)", tiles: .zeros([3, 16, 16]), captions: ["a", "b", "c"])
    }
    let picture = LabelledGrid(title: "", remark: "", scaleName: "", groups: groups, columns: 6).render()
    #expect(picture.width == 2 * 36 + 6 * 166 - 22)
    #expect(picture.height == 92 + 4 * (42 + 144 + 21 + 18) + 70)
  }

  @Test func anotherEndingIsRefused() {
    #expect(throws: InputError.self) { try grid().write(to: URL(fileURLWithPath: "atoms.pdf")) }
  }
}
