import Foundation

/// A matrix of counts as cells with their numbers, such as a confusion matrix.
///
/// The shade of a cell is its share of its row, from white to blue; zeros stay empty. It is drawn by gnuplot, as SVG or
/// PNG by the ending of the file.
public struct MatrixChart: Sendable {
  /// What stands above it.
  public let title: String
  /// What the rows are.
  public let rowTitle: String
  /// What the columns are.
  public let columnTitle: String
  /// The name of each row and column.
  public let names: [String]
  /// The counts, `[row][column]`.
  public let counts: [[Int]]

  /// Describes a square matrix.
  ///
  /// - Parameters:
  ///   - title: What stands above it.
  ///   - rowTitle: What the rows are.
  ///   - columnTitle: What the columns are.
  ///   - names: The name of each row and column, at least one.
  ///   - counts: As many rows of as many counts.
  public init(_ title: String, rowTitle: String, columnTitle: String, names: [String], counts: [[Int]]) {
    precondition(
      !names.isEmpty && counts.count == names.count && counts.allSatisfy { $0.count == names.count },
      "expected \(names.count) rows of as many counts, got \(counts.map(\.count))")
    (self.title, self.rowTitle, self.columnTitle) = (title, rowTitle, columnTitle)
    (self.names, self.counts) = (names, counts)
  }

  /// Draws the matrix; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, .svg or .png, which is replaced where it exists.
  /// - Throws: `InputError` where gnuplot is missing or fails, or the file cannot be written.
  public func write(to url: URL) throws { try Gnuplot.write(to: url) { script($0) } }

  private static let cellSide = 46
  private static let smallestSide = 320
  private static let shades = ColorMap([RGBColor(hexadecimal: 0xFFFFFF), RGBColor(hexadecimal: 0x2166AC)])
  /// The share above which a number is white on its cell.
  private static let darkShare = 0.55

  /// The script that draws the matrix on standard output.
  func script(_ format: Gnuplot.Format) -> String {
    let side = max(Self.smallestSide, names.count * Self.cellSide)
    let words = names.map(\.count).max()! * 9
    let isLong = words > Self.cellSide
    let ticks = names.enumerated().map { "\(Gnuplot.quoted($1)) \($0)" }.joined(separator: ", ")
    return """
      set encoding utf8
      \(format.terminal(width: max(side + words + 110, title.count * 9), height: side + (isLong ? words : 0) + 120))
      set title \(Gnuplot.quoted(title))
      set xlabel \(Gnuplot.quoted(columnTitle)); set ylabel \(Gnuplot.quoted(rowTitle))
      set size ratio -1; unset key; set tics scale 0 nomirror textcolor rgb '#303030'
      set border 15 linewidth 1 linecolor rgb '#909090'
      set xrange [-0.5:\(names.count).0-0.5]; set yrange [\(names.count).0-0.5:-0.5]
      set xtics (\(ticks))\(isLong ? " rotate by 45 right" : ""); set ytics (\(ticks))
      \(counts.enumerated().flatMap { cells($0, $1) }.joined(separator: "\n"))
      plot NaN notitle
      """
  }

  private func cells(_ row: Int, _ counts: [Int]) -> [String] {
    let all = counts.reduce(0, +)
    return counts.enumerated().filter { $0.element > 0 }.flatMap { column, count in
      let share = Double(count) / Double(all)
      let ink = share > Self.darkShare ? "#FFFFFF" : "#202020"
      return [
        "set object rectangle center \(column),\(row) size 1,1 fillcolor rgb '#\(Self.shades.color(at: share).hexadecimal)' "
          + "fillstyle solid noborder",
        "set label '\(count)' at \(column),\(row) center front textcolor rgb '\(ink)'",
      ]
    }
  }
}
