import Foundation

/// Charts side by side on one sheet, with one legend.
public struct ChartSheet: Sendable {
  /// The charts, row by row.
  public var charts: [Chart]
  /// How many stand in a row.
  public var columns: Int

  /// Lays out charts.
  ///
  /// - Parameters:
  ///   - charts: At least one.
  ///   - columns: How many stand in a row, at least 1.
  public init(_ charts: [Chart], columns: Int) {
    precondition(!charts.isEmpty && columns >= 1, "expected charts in columns, got \(charts.count) in \(columns)")
    self.charts = charts
    self.columns = columns
  }

  /// Draws the sheet; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, .svg or .png, which is replaced where it exists.
  /// - Throws: `InputError` where gnuplot is missing or fails, or the file cannot be written.
  public func write(to url: URL) throws { try Gnuplot.write(to: url) { script($0) } }
}
