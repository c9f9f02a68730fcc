import Figures
import Formats
import Foundation
import Tensors
import TestSupport
import Testing

@Suite struct ImageGridTests {
  private let frame = RGBColor(hexadecimal: 0x909090)
  private let paper = RGBColor(hexadecimal: 0xFFFFFF)

  @Test func everySampleBecomesASquareInsideAFrame() {
    let tiles = Tensor<Float>([0, 1, 0.2, 0.4, 1, 0, 0.6, 0.8], shape: [2, 2, 2])
    let picture = ImageGrid(tiles, shading: .brightness, columns: 2, enlargement: 3).render()
    #expect(picture.height == 2 + 8 + 2 && picture.width == 2 + 8 + 2 + 8 + 2)
    for row in 0..<picture.height {
      for column in 0..<picture.width {
        let (y, x) = (row - 2, (column - 2) % 10)
        let expected: RGBColor
        if !(0..<8).contains(y) || !(0..<8).contains(x) {
          expected = paper
        } else if y == 0 || y == 7 || x == 0 || x == 7 {
          expected = frame
        } else {
          let level = UInt8((255 * tiles[(column - 2) / 10, (y - 1) / 3, (x - 1) / 3]).rounded())
          expected = RGBColor(red: level, green: level, blue: level)
        }
        #expect(picture[row, column] == expected, "pixel \(row), \(column)")
      }
    }
  }

  @Test func placesWithoutATileStayPaper() {
    let picture = ImageGrid(Tensor<Double>.zeros([3, 4, 4]), shading: .signed, columns: 2, enlargement: 1).render()
    #expect(picture[12, 12] == paper)
    #expect(picture[12, 4] == RGBColor(hexadecimal: 0xF7F7F7))
  }

  @Test func scalesAreSymmetricAboutZero() {
    let tiles = Tensor<Double>([-2, 0, 1, 2, -0.5, 0, 0.5, 0.25], shape: [2, 2, 2])
    func colors(_ shading: ImageGrid.Shading) -> [RGBColor] {
      let picture = ImageGrid(tiles, shading: shading, columns: 2, enlargement: 1).render()
      return [3, 9].flatMap { left in [(3, 0), (3, 1), (4, 0), (4, 1)].map { picture[$0.0, left + $0.1] } }
    }
    let map = ColorMap.redBlue
    #expect(colors(.signedPerTile) == [0, 0.5, 0.75, 1, 0, 0.5, 1, 0.75].map(map.color(at:)))
    #expect(colors(.signed) == [0, 0.5, 0.75, 1, 0.375, 0.5, 0.625, 0.5625].map(map.color(at:)))
  }

  @Test func tilesOfZerosAndWhatIsNotANumber() {
    let tiles = Tensor<Double>([0, 0, .nan, 1, .infinity, -1], shape: [3, 1, 2])
    let picture = ImageGrid(tiles, shading: .signedPerTile, columns: 1, enlargement: 1).render()
    let colors = [3, 8, 13].flatMap { row in [picture[row, 3], picture[row, 4]] }
    let expected = [0.5, 0.5, .nan, 1, 1, 0].map(ColorMap.redBlue.color(at:))
    #expect(colors == expected)
  }

  @Test func groupsBeginNewRowsAndStandApart() {
    let groups = [3, 0, 1].map { Tensor<Float>(repeating: 1, shape: [$0, 4, 4]) }
    let picture = ImageGrid(groups: groups, shading: .brightness, columns: 2, enlargement: 2).render()
    #expect(picture.width == 2 + 2 * 12)
    #expect(picture.height == 2 + 3 * 12 + 4)
    #expect(picture[16, 20] == paper)
    #expect((11..<15).map { picture[$0, 2] } == [frame, paper, paper, frame])
    #expect((23..<31).map { picture[$0, 2] } == [frame, paper, paper, paper, paper, paper, paper, frame])
    let same = ImageGrid(groups: groups + [Tensor.zeros([0, 4, 4])], shading: .brightness, columns: 2, enlargement: 2)
    #expect(same.render() == picture)
  }

  @Test(arguments: [1, 2, 3, 7, 8, 10, 16, 32, 64, 100, 256], [[16, 16], [1, 16], [32, 8], [28, 28], [3, 3]])
  func picturesAreLargeAndNotTooLarge(count: Int, size: [Int]) {
    let picture = ImageGrid(Tensor<Float>.zeros([count] + size), shading: .signed).render()
    #expect(max(picture.width, picture.height) <= 1000)
    #expect(max(picture.width, picture.height) >= 500)
  }

  @Test func columnsFillTheRowsWherePossible() {
    for (count, columns) in [(1, 1), (6, 3), (8, 4), (10, 5), (16, 4), (32, 8), (64, 8), (7, 3)] {
      let picture = ImageGrid(Tensor<Float>.zeros([count, 16, 16]), shading: .signed, enlargement: 1).render()
      #expect(picture.width == 20 * columns + 2, "\(count) tiles")
    }
  }

  @Test func theFileHoldsThePicture() throws {
    let grid = ImageGrid(randomTensor([12, 8, 8], seed: 9, as: Float.self), shading: .signedPerTile)
    try Places.withTemporaryFolder { folder throws in
      let (first, second) = (folder.appendingPathComponent("a.png"), folder.appendingPathComponent("b.png"))
      try grid.write(to: first)
      try grid.write(to: second)
      #expect(try Data(contentsOf: first) == Data(contentsOf: second))
      #expect(try PNG.read(first) == PNGImage(grid.render().samples))
    }
  }
}
