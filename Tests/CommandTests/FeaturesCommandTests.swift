import Foundation
import Formats
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FeaturesCommandTests {
  private struct Report: Decodable {
    let features, dataset: String
    let images, dimension: Int
    let names: [String]
    let fittedTo: Int?
  }

  private struct Approximation: Decodable {
    struct Curve: Decodable {
      let basis, kind: String
      let counts: [Int]
      let errors: [Double]
    }
    let images: Int
    let curves: [Curve]
  }

  /// Twelve images of 4×6 in two classes, the last four of them the official test part.
  private func writeData(to folder: URL, _ change: (inout Tensor<Float>) -> Void = { _ in }) throws -> String {
    var images = randomTensor([12, 4, 6], seed: 4, as: Float.self)
    change(&images)
    let labels = [0, 1, 0, 1, 0, 1, 0, 1, 0, 1, 0, 1]
    let url = folder.appendingPathComponent("small.npz")
    try NPZ.write(
      [
        ("X_train", NumPyArray(images[rows: 0..<8])), ("y_train", NumPyArray(Array(labels[..<8]))),
        ("X_test", NumPyArray(images[rows: 8..<12])), ("y_test", NumPyArray(Array(labels[8...]))),
      ], to: url)
    return url.path
  }

  @Test func theMatrixHoldsTheCoefficients() throws {
    try Places.withTemporaryFolder { folder in
      let data = try writeData(to: folder)
      let output = ["X.npy", "y.npy"].map { folder.appendingPathComponent($0) }
      let run = try Command.run([
        "features", data, "--basis", "fourier:7", "--split", "test", "--output", output[0].path, "--labels",
        output[1].path, "--json",
      ])
      #expect(run.status == 0, "\(run.errors)")
      let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
      let basis = FourierBasis(height: 4, width: 6)
      #expect(report.names == basis.atomNames(count: 7) && report.images == 4 && report.fittedTo == nil)
      let images = randomTensor([12, 4, 6], seed: 4, as: Float.self)[rows: 8..<12]
      let matrix: Tensor<Double> = try NPY.read(output[0]).tensor()
      #expect(relativeError(matrix, basis.analyze(images.map { Double($0) }, count: 7)) < 1e-12)
      #expect(try NPY.read(output[1]).integers() == [0, 1, 0, 1])
    }
  }

  /// Only the training images decide which atoms are kept: a test image that is all energy in one atom changes nothing.
  @Test func whatIsKeptIsDecidedByTrainingImages() throws {
    try Places.withTemporaryFolder { folder in
      let data = try writeData(to: folder) { images in
        for image in 0..<12 {
          for pixel in 0..<24 { images[image, pixel / 6, pixel % 6] = image < 8 ? (pixel == 9 ? 5 : 0.1) : 0 }
        }
        images[10, 0, 3] = 1000
      }
      let run = try Command.run(["features", data, "--basis", "pixels", "--select", "energy:1", "--json"])
      let report = try JSONDecoder().decode(Report.self, from: Data(run.output.utf8))
      #expect(report.names == ["pixel(1,3)"] && report.fittedTo == 8 && report.features == "pixels@energy:1")
    }
  }

  @Test func aDrawnTestPartKeepsGroupsTogether() throws {
    try Places.withTemporaryFolder { folder in
      let images = randomTensor([40, 4, 4], seed: 4, as: Float.self)
      let url = folder.appendingPathComponent("grouped.npz")
      try NPZ.write(
        [
          ("X", NumPyArray(images)), ("y", NumPyArray((0..<40).map { $0 / 4 % 2 })),
          ("groups", NumPyArray((0..<40).map { $0 / 4 })),
        ], to: url)
      var seen: [Double] = []
      for part in ["train", "test"] {
        let output = folder.appendingPathComponent("\(part).npy")
        let run = try Command.run([
          "features", url.path, "--basis", "pixels:1", "--split", part, "--test-fraction", "0.3", "--output",
          output.path,
        ])
        #expect(run.status == 0, "\(run.errors)")
        let values: Tensor<Double> = try NPY.read(output).tensor()
        #expect(values.shape[0].isMultiple(of: 4) && values.shape[0] > 0 && values.shape[0] < 40)
        seen += values.elements
      }
      #expect(seen.sorted() == images.reshaped([40, 16]).transposed[rows: 0..<1].elements.map { Double($0) }.sorted())
    }
  }

  @Test func approximationIsATableAChartAndADocument() throws {
    try Places.withTemporaryFolder { folder in
      let data = try writeData(to: folder)
      for (name, start) in [("a.svg", "<?xml"), ("a.csv", "dataset,basis,kind,atoms,mean_relative_error\n")] {
        let file = folder.appendingPathComponent(name)
        let run = try Command.run([
          "features", data, "--approximation", "--basis", "fourier", "pixels", "--output", file.path, "--quiet",
        ])
        #expect(run.status == 0 && run.errors.isEmpty && run.output.contains("M = 16"), "\(run.errors)")
        #expect(try String(contentsOf: file, encoding: .utf8).hasPrefix(start))
      }
      let run = try Command.run([
        "features", data, "--approximation", "--basis", "pixels", "--split", "train", "--json",
      ])
      let report = try JSONDecoder().decode(Approximation.self, from: Data(run.output.utf8))
      #expect(
        report.images == 8 && report.curves.map(\.basis) == ["pixels"] && report.curves[0].counts == Array(1...24))
      let images = randomTensor([12, 4, 6], seed: 4, as: Float.self)
      let largest = (0..<8).map { image in
        let squares = images[rows: image..<image + 1].elements.map { Double($0) * Double($0) }.sorted()
        return (squares.dropLast().reduce(0, +) / squares.reduce(0, +)).squareRoot()
      }
      #expect(abs(report.curves[0].errors[0] - largest.reduce(0, +) / 8) < 1e-12)
    }
  }

  @Test(arguments: [
    (["ramps"], 2, "expected --basis or --features"), (["ramps", "--basis", "furier"], 2, "did you mean 'fourier'?"),
    (["ramps", "--basis", "log-fourier"], 2, "--features log-fourier"),
    (["ramps", "--features", "haar:0"], 1, "1 to 256"), (["ramps", "--basis", "haar:300"], 1, "1 to 256"),
    (["ramps", "--basis", "haar", "--select", "energy"], 2, "'energy:32'"),
    (["ramps", "--basis", "haar", "--select", "enrgy:3"], 2, "did you mean 'energy'?"),
    (["ramps", "--basis", "haar", "--select", "energy:300"], 1, "Keep 1 to 256"),
    (["ramps", "--basis", "haar@order:3", "--select", "energy:3"], 2, "says already"),
    (["ramps", "--basis", "haar", "--split", "test"], 1, "--test-fraction"),
    (["ramps", "--basis", "haar", "--test-fraction", "1"], 2, "above 0 and below 1"),
    (["ramps", "--basis", "haar", "fourier"], 2, "--approximation"),
    (["ramps", "--approximation", "--basis", "haar:3"], 2, "without a number"),
    (["ramps", "--approximation", "--features", "log-fourier"], 2, "not with --features"),
    (["rmps", "--basis", "haar"], 2, "did you mean 'ramps'?"),
    (["ramps", "--basis", "haar", "--output", "a.png"], 2, "ends in .npy"),
    (["ramps", "--approximation", "--output", "a.npy"], 2, "ends in .svg"),
    (["missing.npz", "--basis", "haar"], 1, "missing.npz"),
    (["ramps", "--basis", "haar", "--output", "/nowhere/a.npy"], 1, "/nowhere"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    let run = try Command.run(["features", "--count", "80"] + arguments)
    #expect(run.status == status && run.output.isEmpty, "\(run.errors)")
    #expect(run.errors.contains(complaint), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count <= 4, "\(run.errors)")
  }

  @Test func aPixelThatIsNotANumberIsNamed() throws {
    try Places.withTemporaryFolder { folder in
      let data = try writeData(to: folder) { $0[9, 2, 5] = .nan }
      let run = try Command.run(["features", data, "--basis", "fourier"])
      #expect(run.status == 1 && run.errors.contains("image 9 at row 2, column 5"), "\(run.errors)")
    }
  }
}
