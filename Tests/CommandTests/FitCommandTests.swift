import Foundation
import Formats
import LinearModels
import Spectral
import Tensors
import TestSupport
import Testing

@Suite struct FitCommandTests {
  private struct Report: Decodable {
    struct Coefficient: Decodable {
      let feature: String
      let estimate, standardError, pValue: Double
      let interval: [Double]
    }
    struct Score: Decodable {
      struct Accuracy: Decodable { let mean, lower, upper: Double }
      let images: Int
      let accuracy: Accuracy?
      let rootMeanSquaredError: Double?
    }
    let converged: Bool
    let family, penalty: String
    let deviance: Double
    let coefficients: [Coefficient]
    let diagnostics: [String]
    let train: Score
    let test: Score?
  }

  private func run(_ arguments: [String], in folder: URL? = nil) throws -> (Report, Int32) {
    let outcome = try Command.run(["fit"] + arguments + ["--json"], in: folder)
    return (try JSONDecoder().decode(Report.self, from: Data(outcome.output.utf8)), outcome.status)
  }

  /// 60 images of 4×4 with a number each, in a file and as a table beside it.
  private func writeData(to folder: URL) throws -> (rows: Tensor<Double>, numbers: [Double]) {
    let images = randomTensor([60, 4, 4], seed: 4, as: Float.self)
    let rows = FourierBasis(height: 4, width: 4).analyze(images.map { Double($0) }, count: 3)
    let numbers = (0..<60).map { 1.5 + rows[$0, 1] - 0.3 * Double($0 % 5) }
    try NPZ.write(
      [("X", NumPyArray(images)), ("y", NumPyArray((0..<60).map { $0 % 2 }))],
      to: folder.appendingPathComponent("d.npz"))
    try NPY.write(NumPyArray(Tensor(numbers)), to: folder.appendingPathComponent("r.npy"))
    return (rows, numbers)
  }

  @Test func aGaussianFitIsThatOfTheLibrary() throws {
    try Places.withTemporaryFolder { folder in
      let (rows, numbers) = try writeData(to: folder)
      let arguments = ["d.npz", "--basis", "fourier:3", "--family", "gaussian", "--response", "r.npy", "--output"]
      let (report, status) = try run(arguments + ["model.npz"], in: folder)
      #expect(status == 0 && report.converged && report.family == "gaussian")
      let problem = try GLMProblem(features: rows, response: .numbers(numbers), family: .gaussian)
      let fit = try problem.fit()
      let inference = try problem.inference(of: fit)
      #expect(
        report.coefficients.map(\.feature) == ["intercept"] + FourierBasis(height: 4, width: 4).atomNames(count: 3))
      for (place, coefficient) in report.coefficients.enumerated() {
        let column = place == 0 ? 3 : place - 1
        #expect(abs(coefficient.estimate - inference.parameters[0, column]) < 1e-12)
        #expect(abs(coefficient.standardError - inference.standardErrors[0, column]) < 1e-12)
      }
      #expect(abs(report.deviance - fit.deviance) < 1e-10)
      let archive = try NPZ.read(folder.appendingPathComponent("model.npz"))
      let weights: Tensor<Double> = try archive["weights"].tensor()
      #expect(relativeError(weights, fit.model.weights) < 1e-14)
      #expect(try archive["features"].strings().count == 3 && archive["converged"].integers() == [1])
      let table = try Command.run(["fit"] + arguments + ["table.csv"], in: folder)
      #expect(table.status == 0 && table.output.contains("P(>|t|)"), "\(table.errors)")
      let lines = try String(contentsOf: folder.appendingPathComponent("table.csv"), encoding: .utf8).split(
        separator: "\n")
      #expect(lines.count == 5 && lines[0].hasPrefix("score,feature,coefficient,standard_error"))
    }
  }

  @Test func crossValidationListsWhatItTried() throws {
    let outcome = try Command.run([
      "fit", "ramps", "--count", "120", "--basis", "polynomial:6", "--penalty", "ridge", "--strengths", "4", "--steps",
      "--test-fraction", "0.25",
    ])
    #expect(outcome.status == 0, "\(outcome.errors)")
    #expect(outcome.output.contains("on 5 held-out folds") && outcome.output.contains("held-out loss"))
    #expect(
      outcome.output.contains("\ntest ") && outcome.output.split(separator: "\n").count { $0.hasPrefix("*") } == 1)
  }

  @Test func aFitThatDidNotConvergeFails() throws {
    try Places.withTemporaryFolder { folder in
      let arguments = ["ramps", "--count", "120", "--basis", "pixels", "--penalty", "ridge", "--lambda", "1e-6"]
      let (report, status) = try run(arguments + ["--iterations", "2", "--output", "m.npz"], in: folder)
      #expect(status == 1 && !report.converged && report.coefficients.isEmpty)
      #expect(report.diagnostics.contains { $0.contains("Allow more iterations") })
      #expect(try NPZ.read(folder.appendingPathComponent("m.npz"))["converged"].integers() == [0])
      let text = try Command.run(["fit"] + arguments + ["--iterations", "2"])
      #expect(text.status == 1 && text.output.hasPrefix("NOT CONVERGED"))
    }
  }

  /// A pixel that is the class: the classes of the binomial family have names of their own, counts have none.
  @Test func separatedClassesAreNamed() throws {
    try Places.withTemporaryFolder { folder in
      var images = randomTensor([60, 4, 4], seed: 6, as: Float.self)
      for row in 0..<60 { images[row, 0, 0] = Float(row % 3) }
      let labels = (0..<60).map { $0 % 3 }
      try NPZ.write(
        [("X", NumPyArray(images)), ("y", NumPyArray(labels)), ("classes", NumPyArray(["0", "1", "2"]))],
        to: folder.appendingPathComponent("d.npz"))
      let arguments = ["d.npz", "--basis", "pixels:2", "--family"]
      let (binomial, status) = try run(arguments + ["binomial", "--success", "2"], in: folder)
      #expect(status == 1 && !binomial.converged)
      #expect(binomial.diagnostics.contains { $0.contains("classes 'other', '2', so the likelihood has no maximum") })
      let (multinomial, code) = try run(arguments + ["multinomial"], in: folder)
      #expect(code == 1 && !multinomial.converged)
      let note = "column 'pixel(0,0)' completely separates classes '0', '1', '2', so the likelihood has no maximum"
      #expect(multinomial.diagnostics.contains { $0.hasPrefix(note) }, "\(multinomial.diagnostics)")
      let (poisson, success) = try run(arguments + ["poisson"], in: folder)
      #expect(success == 0 && poisson.converged && poisson.diagnostics.isEmpty, "\(poisson.diagnostics)")
      #expect(poisson.coefficients.map(\.feature) == ["intercept", "pixel(0,0)", "pixel(0,1)"])
    }
  }

  @Test(arguments: ["png", "svg"])
  func templatesAreDrawn(ending: String) throws {
    try Places.withTemporaryFolder { folder in
      let file = folder.appendingPathComponent("t.\(ending)")
      let outcome = try Command.run([
        "fit", "ramps", "--count", "120", "--basis", "haar:9", "--penalty", "ridge", "--lambda", "0.1", "--templates",
        file.path,
      ])
      #expect(outcome.status == 0, "\(outcome.errors)")
      #expect(try Data(contentsOf: file).count > 1000)
    }
  }

  @Test func classifiersReportTheirChoice() throws {
    for classifier in ["affine-pca", "ridge"] {
      let outcome = try Command.run([
        "fit", "ramps", "--count", "160", "--features", "log-scattering", "--classifier", classifier, "--dimensions",
        "6",
        "--test-fraction", "0.3", "--steps",
      ])
      #expect(outcome.status == 0 && outcome.output.contains("held-out error %"), "\(outcome.errors)")
    }
  }

  @Test(arguments: [
    (["ramps"], 2, "expected --basis or --features"),
    (["ramps", "--basis", "haar", "--family", "multinomal"], 2, "multinomal"),
    (["ramps", "--basis", "haar", "--link", "probit"], 2, "takes logit"),
    (["ramps", "--basis", "haar", "--link", "probit"], 2, "the gaussian family takes identity, log"),
    (["ramps", "--basis", "pixels", "--penalty", "group-l1", "--lambda", "1"], 1, "'pixels' have no bands"),
    (["ramps", "--basis", "haar", "--link", "identity"], 1, "takes logit"),
    (["ramps", "--basis", "haar", "--lambda", "1"], 2, "--penalty"),
    (["ramps", "--basis", "haar", "--penalty", "l1", "--lambda", "-1"], 2, "at least 0"),
    (["ramps", "--basis", "haar", "--penalty", "l1", "--lambda", "1", "--path"], 2, "exclude each other"),
    (["ramps", "--basis", "haar", "--penalty", "l2"], 2, "l2"),
    (["ramps", "--basis", "haar", "--family", "binomial"], 1, "--success"),
    (["ramps", "--basis", "haar", "--family", "gaussian"], 1, "is not a number"),
    (["ramps", "--basis", "haar", "--classifier", "ridge", "--penalty", "l1"], 2, "leave out"),
    (["ramps", "--basis", "haar", "--cross-validate", "1", "--penalty", "l1"], 2, "--cross-validate"),
    (["ramps", "--basis", "haar:400"], 1, "1 to 256"), (["ramps", "--basis", "haar", "fourier"], 2, "got 2"),
    (["ramps", "--features", "scattering:J=9"], 1, "J"),
    (["ramps", "--features", "log-fourier", "--penalty", "group-l1", "--lambda", "1"], 1, "have no bands"),
    (
      ["ramps", "--features", "log-fourier", "--penalty", "ridge", "--lambda", "1", "--templates", "t.png"], 1,
      "not linear"
    ),
    (["ramps", "--basis", "haar", "--output", "m.txt"], 2, "ends in .npz or .csv"),
    (["ramps", "--basis", "haar", "--family", "poisson", "--response", "missing.npy"], 1, "missing.npy"),
  ])
  func mistakesAreNamed(arguments: [String], status: Int32, complaint: String) throws {
    let run = try Command.run(["fit", "--count", "80"] + arguments)
    #expect(run.status == status && run.output.isEmpty, "\(run.status) \(run.errors)")
    #expect(run.errors.contains(complaint), "\(run.errors)")
    #expect(run.errors.split(separator: "\n").count <= 4, "\(run.errors)")
  }
}
