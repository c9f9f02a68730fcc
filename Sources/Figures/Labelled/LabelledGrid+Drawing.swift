import Tensors

extension LabelledGrid {
  private static let paper = RGBColor(hexadecimal: 0xFFFFFF)
  private static let line = RGBColor(hexadecimal: 0x909090)
  private static let ink = "#202020"
  private static let softInk = "#606060"
  private static let barSize = (height: 16, width: 200)

  /// Everything but the words.
  package func render() -> RGBImage {
    var picture = RGBImage(height: layout.height, width: layout.width, filledWith: Self.paper)
    for (number, group) in groups.enumerated() {
      for index in 0..<group.captions.count {
        let origin = layout.origin(number, index)
        let tile = group.tiles[rows: index..<index + 1].elements
        paint(tile, at: origin, ImageGrid.Shading.signedPerTile.coloring(tile), &picture)
        guard let companion = group.companions?[rows: index..<index + 1].elements else { continue }
        let largest = companion.max() ?? 0
        let place = (origin.row, origin.column + layout.companionOffset)
        paint(companion, at: place, { ColorMap.gray.color(at: largest > 0 ? $0 / largest : 0) }, &picture)
      }
    }
    for bar in bars { paint(bar, &picture) }
    return picture
  }

  private func paint(
    _ samples: [Double], at origin: (row: Int, column: Int), _ color: (Double) -> RGBColor, _ picture: inout RGBImage
  ) {
    let size = layout.enlargement
    picture.fill(
      rows: origin.row - 1..<origin.row + layout.tileHeight * size + 1,
      columns: origin.column - 1..<origin.column + layout.tileWidth * size + 1, with: Self.line)
    for (index, sample) in samples.enumerated() {
      let row = origin.row + index / layout.tileWidth * size
      let column = origin.column + index % layout.tileWidth * size
      picture.fill(rows: row..<row + size, columns: column..<column + size, with: color(sample))
    }
  }

  /// A scale of colours with its words.
  private struct Bar {
    let map: ColorMap
    let left: Int
    let top: Int
    let ticks: [String]
    let name: String
  }

  private var bars: [Bar] {
    let top = layout.height - LabelledLayout.legendHeight + 4
    let atoms = Bar(
      map: .redBlue, left: LabelledLayout.margin, top: top, ticks: ["−max", "0", "max"], name: scaleName)
    guard layout.hasCompanions else { return [atoms] }
    let spectra = Bar(
      map: .gray, left: layout.width / 2, top: top, ticks: ["0", "max"], name: companionName)
    return [atoms, spectra]
  }

  private func paint(_ bar: Bar, _ picture: inout RGBImage) {
    let (height, width) = Self.barSize
    picture.fill(
      rows: bar.top - 1..<bar.top + height + 1, columns: bar.left - 1..<bar.left + width + 1, with: Self.line)
    for column in 0..<width {
      let color = bar.map.color(at: (Double(column) + 0.5) / Double(width))
      let place = bar.left + column
      picture.fill(rows: bar.top..<bar.top + height, columns: place..<place + 1, with: color)
    }
  }

  /// The script that puts the words on the pixels.
  func script(_ format: Gnuplot.Format) -> String {
    let (width, height) = (layout.width, layout.height)
    return """
      set encoding utf8
      \(format.terminal(width: width, height: height, fontSize: LabelledLayout.captionSize))
      unset border; unset tics; unset key
      set lmargin at screen 0; set rmargin at screen 1; set tmargin at screen 1; set bmargin at screen 0
      set xrange [0:\(width)]; set yrange [\(height):0]
      \((titles + headings + captions + barWords).joined(separator: "\n"))
      plot '\(Self.pixelFile)' binary array=(\(width),\(height)) origin=(0.5,0.5) format='%uchar%uchar%uchar' \
      using 1:2:3 with rgbimage notitle
      """
  }

  private var titles: [String] {
    let left = LabelledLayout.margin
    return [
      label(title, x: left, y: 34, size: 28),
      label(remark, x: left, y: 68, size: LabelledLayout.captionSize, color: Self.softInk),
    ]
  }

  private var headings: [String] {
    groups.enumerated().filter { !$0.element.heading.isEmpty }.map { number, group in
      let place = layout.headingPlace(number)
      return label(group.heading, x: place.column, y: place.row, size: 20)
    }
  }

  private var captions: [String] {
    groups.enumerated().flatMap { number, group in
      group.captions.enumerated().flatMap { index, caption in
        let origin = layout.origin(number, index)
        let below = origin.row + layout.tileHeight * layout.enlargement + 14
        let lines = LabelledLayout.lines(caption, width: layout.cellWidth + LabelledLayout.captionOverhang)
        return lines.enumerated().map { line, text in
          label(
            text, x: origin.column + layout.cellWidth / 2, y: below + line * LabelledLayout.captionLine,
            size: LabelledLayout.captionSize, anchor: "center")
        }
      }
    }
  }

  private var barWords: [String] {
    bars.flatMap { bar -> [String] in
      let step = Self.barSize.width / (bar.ticks.count - 1)
      let ticks = bar.ticks.enumerated().map { index, text in
        label(
          text, x: bar.left + index * step, y: bar.top + Self.barSize.height + 14, size: 15, color: Self.softInk,
          anchor: index == 0 ? "left" : index == bar.ticks.count - 1 ? "right" : "center")
      }
      let middle = bar.top + Self.barSize.height / 2
      return ticks + [label(bar.name, x: bar.left + Self.barSize.width + 16, y: middle, size: 15, color: Self.softInk)]
    }
  }

  private func label(
    _ text: String, x: Int, y: Int, size: Int, color: String = LabelledGrid.ink, anchor: String = "left"
  ) -> String {
    "set label \(Gnuplot.quoted(text)) at \(x),\(y) \(anchor) front font ',\(size)' textcolor rgb '\(color)'"
  }
}
