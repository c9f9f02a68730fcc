import Foundation

/// A chart of curves on two axes: title, legend, lines with points, linear or logarithmic scales.
///
/// It is drawn by gnuplot, as SVG or PNG by the ending of the file.
public struct Chart: Sendable {
  /// An axis with its words and scale.
  public struct Axis: Sendable {
    /// How numbers are spread along an axis.
    public enum Scale: Sendable {
      /// Evenly.
      case linear
      /// By their logarithm; all numbers are positive.
      case logarithmic
    }

    /// What the axis shows, with its unit.
    public var title: String
    /// How numbers are spread.
    public var scale: Scale
    /// The places with a label of their own; chosen when left out.
    public var ticks: [Double]?
    /// Words in place of numbers, at 0, 1, 2, …; every place has one, the first at the far end of an upward axis.
    public var words: [String]?

    /// Describes an axis.
    ///
    /// - Parameters:
    ///   - title: What it shows, with its unit.
    ///   - scale: How numbers are spread.
    ///   - ticks: The places with a label; chosen when left out.
    public init(_ title: String, scale: Scale = .linear, ticks: [Double]? = nil) {
      self.title = title
      self.scale = scale
      self.ticks = ticks
    }

    /// Describes an axis of words.
    ///
    /// - Parameter words: What stands at 0, 1, 2, …
    public init(words: [String]) {
      self.init("")
      self.words = words
    }
  }

  /// A curve: points in the order in which they are joined.
  public struct Curve: Sendable {
    /// How the points are shown.
    public enum Style: Sendable {
      /// Joined by a line, each with a mark.
      case linesAndPoints
      /// Joined by a line.
      case line
      /// Joined by a dashed line, for what is a reference.
      case dashedLine
      /// Each with a mark.
      case points
      /// Each with a mark and a bar from one end of its interval to the other.
      case intervals
      /// Each with a black ring round it, for points of other curves that stand out.
      case rings
    }

    /// What the legend says; nothing when empty.
    public var name: String
    /// Where the points are; one whose numbers are not finite interrupts the line.
    public var points: [(x: Double, y: Double)]
    /// The interval of each point, where they are shown with bars.
    public var intervals: [ClosedRange<Double>] = []
    /// The direction of the bars.
    public var intervalAxis = IntervalAxis.y
    /// How the points are shown.
    public var style: Style
    /// The place in the palette; that of the curve when left out.
    public var color: Int?

    /// Along which axis intervals lie.
    public enum IntervalAxis: Sendable {
      /// To the right.
      case x
      /// Upwards.
      case y
    }

    /// Describes points with intervals.
    ///
    /// - Parameters:
    ///   - name: What the legend says.
    ///   - points: Where the points are.
    ///   - intervals: The interval of each.
    ///   - axis: Along which axis the intervals lie.
    ///   - color: The place in the palette.
    public init(
      _ name: String, _ points: [(x: Double, y: Double)], intervals: [ClosedRange<Double>], along axis: IntervalAxis,
      color: Int? = nil
    ) {
      precondition(
        points.count == intervals.count,
        "expected an interval for each of \(points.count) points, got \(intervals.count)")
      self.init(name, points, style: .intervals, color: color)
      self.intervals = intervals
      intervalAxis = axis
    }

    /// Describes a curve.
    ///
    /// - Parameters:
    ///   - name: What the legend says.
    ///   - points: Where the points are.
    ///   - style: How they are shown.
    ///   - color: The place in the palette, so that a thing has one colour in several charts.
    public init(_ name: String, _ points: [(x: Double, y: Double)], style: Style = .linesAndPoints, color: Int? = nil) {
      self.name = name
      self.points = points
      self.style = style
      self.color = color
    }
  }

  /// What stands above it.
  public var title: String
  /// The axis to the right.
  public var x: Axis
  /// The axis upwards.
  public var y: Axis
  /// The curves, the first at the bottom.
  public var curves: [Curve] = []

  /// Creates a chart without curves.
  ///
  /// - Parameters:
  ///   - title: What stands above it.
  ///   - x: The axis to the right.
  ///   - y: The axis upwards.
  public init(_ title: String, x: Axis, y: Axis) {
    self.title = title
    self.x = x
    self.y = y
  }
}

extension Chart {
  /// Draws the chart; the file appears complete or not at all.
  ///
  /// - Parameter url: The file, .svg or .png, which is replaced where it exists.
  /// - Throws: `InputError` where gnuplot is missing or fails, or the file cannot be written.
  public func write(to url: URL) throws { try ChartSheet([self], columns: 1).write(to: url) }

  /// The chart as part of a page: an SVG without paper, whose words and lines follow the page's light or dark colours.
  ///
  /// - Parameters:
  ///   - width: The width in pixels, at which words have their size; it shrinks with the page.
  ///   - height: The height in pixels.
  /// - Returns: The element `<svg>`.
  /// - Throws: `InputError` where gnuplot is missing or fails.
  public func svg(width: Int, height: Int) throws -> String {
    let sheet = ChartSheet([self], columns: 1)
    let picture = try Gnuplot.draw(sheet.script(.embedded, panelSize: (width, height)))
    return PageSVG.adapted(String(decoding: picture, as: UTF8.self))
  }
}
