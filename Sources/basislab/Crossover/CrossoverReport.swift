import Calibration
import Experiments
import Formats
import Parallel
import Spectral

/// What `basislab crossover` measured, as a table and as a document.
struct CrossoverReport: Encodable {
  /// The methods at one point.
  struct Row: Encodable {
    let image: Int
    let kernel: Int
    let channels: Int
    let filters: Int
    let batch: Int
    let purpose: String
    let seconds: [String: Double]
    let choice: String
    let best: String
    let regret: Double

    init(_ point: CrossoverPoint) {
      image = point.work.shape.inputHeight
      kernel = point.work.shape.kernelHeight
      channels = point.work.shape.inputChannels
      filters = point.work.shape.outputChannels
      batch = point.work.images
      purpose = point.work.purpose.rawValue
      seconds = Dictionary(uniqueKeysWithValues: point.seconds.map { ($0.key.rawValue, $0.value) })
      choice = point.choice.rawValue
      best = point.best.rawValue
      regret = point.regret
    }
  }

  let processor = Processor.name
  let threads = ThreadPool.shared.threadCount
  let precision: String
  let summary: RegretSummary
  let points: [Row]

  init(_ points: [CrossoverPoint], precision: String) {
    self.precision = precision
    self.points = points.map(Row.init)
    summary = RegretSummary(points)
  }

  /// The methods that were measured anywhere.
  var methods: [String] {
    ConvolutionMethod.computed.map(\.rawValue).filter { name in points.contains { $0.seconds[name] != nil } }
  }

  /// The table, and what the choices cost.
  var lines: [String] {
    var table = TextTable(
      [
        ("passes", .left), ("channels", .right), ("filters", .right), ("batch", .right), ("image", .right),
        ("kernel", .right),
      ]
        + methods.map { ($0, .right) } + [("automatic", .left), ("regret", .right)])
    for row in points {
      table.append(
        [row.purpose, "\(row.channels)", "\(row.filters)", "\(row.batch)", "\(row.image)", "\(row.kernel)"]
          + methods.map { row.seconds[$0].map(Quantity.time) ?? "–" } + [row.choice, Quantity.percent(row.regret)])
    }
    return table.lines + ["", sentence]
  }

  private var sentence: String {
    "automatic is within 10 % of the fastest at \(Quantity.percent(summary.shareWithinTolerance)) of "
      + "\(summary.points) points; median regret \(Quantity.percent(summary.median)), worst "
      + Quantity.percent(summary.worst)
  }

  /// The table with times in seconds.
  var csv: CSVTable {
    var table = CSVTable(
      columns: ["passes", "channels", "filters", "batch", "image", "kernel"] + methods + ["choice", "best", "regret"])
    for row in points {
      table.append(
        [row.purpose] + [row.channels, row.filters, row.batch, row.image, row.kernel].map(String.init)
          + methods.map { row.seconds[$0].map { "\($0)" } ?? "" } + [row.choice, row.best, "\(row.regret)"])
    }
    return table
  }
}
