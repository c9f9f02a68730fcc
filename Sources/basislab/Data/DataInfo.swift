import ArgumentParser
import Datasets
import Experiments
import Foundation
import Statistics

/// `basislab data info`: what is in a data set.
struct DataInfo: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "info", abstract: "Show shape, classes or numbers, groups, pixel range and checksum of a data set.")

  @OptionGroup var source: DataSource

  @Flag(help: "One JSON document on standard output.")
  var json = false

  @OptionGroup var common: CommonOptions

  func execute() throws {
    let info = Info(try source.load())
    if json { try Console.resultJSON(info) } else { try info.lines.forEach(Console.result) }
  }
}

/// A data set as it is shown.
private struct Info: Encodable {
  struct Class: Encodable {
    let name: String
    let count: Int
  }

  struct Groups: Encodable {
    let key: String
    let count: Int
    let smallest: Int
    let largest: Int
  }

  struct Numbers: Encodable {
    let smallest: Double
    let largest: Double
    let mean: Double
    let standardDeviation: Double
  }

  let name: String
  let summary: String
  let shape: [Int]
  /// The classes, or the ranges of the numbers.
  let classes: [Class]
  let numbers: Numbers?
  let groups: Groups?
  let officialTestCount: Int?
  let smallestPixel: Float
  let largestPixel: Float
  let pixelScale: Float
  let checksum: String
  let source: String?
  let licence: String?

  init(_ dataset: Dataset) {
    name = dataset.name
    summary = dataset.summary
    shape = dataset.images.shape
    classes = zip(dataset.classes, dataset.classCounts).map(Class.init)
    numbers = dataset.numbers.map(Numbers.init)
    groups = dataset.groups.map(Groups.init)
    officialTestCount = dataset.officialTest?.count
    smallestPixel = dataset.pixelRange.lowerBound
    largestPixel = dataset.pixelRange.upperBound
    pixelScale = dataset.pixelScale
    checksum = dataset.checksum
    let provenance = dataset.provenance(checksum: checksum)
    (source, licence) = (provenance.source, provenance.licence)
  }

  var lines: [String] {
    var table = TextTable([(numbers == nil ? "class" : "numbers", .left), ("images", .right)])
    for entry in classes { table.append([entry.name, "\(entry.count)"]) }
    let split = officialTestCount.map { "\(shape[0] - $0) training and \($0) test images" } ?? "none"
    let scaling = pixelScale == 1 ? "" : ", 8-bit images divided by \(Int((1 / pixelScale).rounded()))"
    let grouping = groups.map { "\($0.count) by \($0.key), of \($0.smallest)…\($0.largest) images" } ?? "none"
    let response = numbers.map { numbers in ["numbers         \(numbers.text)"] } ?? []
    return [
      "name            \(name)", "images          \(shape.map(String.init).joined(separator: " × "))",
    ] + response + [
      "pixels          \(smallestPixel)…\(largestPixel)\(scaling)", "groups          \(grouping)",
      "official split  \(split)", "checksum        \(checksum)",
    ]
      + [("about", summary.isEmpty ? nil : summary), ("source", source), ("licence", licence)].compactMap {
        name, text in
        text.map { name.padding(toLength: 16, withPad: " ", startingAt: 0) + $0 }
      } + [""] + table.lines
  }
}

extension Info.Numbers {
  init(_ numbers: [Double]) {
    let moments = Moments(numbers)
    self.init(
      smallest: numbers.min() ?? 0, largest: numbers.max() ?? 0, mean: moments.mean,
      standardDeviation: moments.standardDeviation)
  }

  var text: String {
    func digits(_ value: Double) -> String { String(format: "%.6g", value) }
    return
      "\(digits(smallest))…\(digits(largest)), mean \(digits(mean)), standard deviation \(digits(standardDeviation))"
  }
}

extension Info.Groups {
  init(_ groups: ImageGroups) {
    let sizes = groups.identifiers.reduce(into: [Int](repeating: 0, count: groups.count)) { $0[$1] += 1 }
    self.init(key: groups.key, count: groups.count, smallest: sizes.min() ?? 0, largest: sizes.max() ?? 0)
  }
}
