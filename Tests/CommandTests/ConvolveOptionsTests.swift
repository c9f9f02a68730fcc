import Formats
import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

/// `basislab convolve` beside the library: banks, signals, transposes, masks, and what it says of mistakes.
@Suite struct ConvolveOptionsTests {
  /// A folder with `x.npy` and `k.npy`, in which the command runs.
  private struct Desk {
    let folder: URL

    func write(_ tensor: Tensor<Double>, _ name: String) throws {
      try NPY.write(NumPyArray(tensor), to: folder.appendingPathComponent(name))
    }

    func run(_ words: String) throws -> Command.Outcome {
      try Command.run(["convolve"] + words.split(separator: " ").map(String.init), in: folder)
    }

    /// The result of the command in `y.npy`.
    func result(_ options: String = "") throws -> Tensor<Double> {
      let outcome = try run("x.npy k.npy --output y.npy --quiet " + options)
      #expect(outcome.status == 0 && outcome.errors.isEmpty, "\(options): \(outcome.errors)")
      return try NPY.read(folder.appendingPathComponent("y.npy")).tensor()
    }
  }

  private func withDesk(_ images: [Int], _ kernel: [Int], _ body: (Desk, Tensor<Double>, Tensor<Double>) throws -> Void)
    throws
  {
    try Places.withTemporaryFolder { folder in
      let (desk, x, k) = (
        Desk(folder: folder), randomTensor(images, seed: 1, as: Double.self),
        randomTensor(kernel, seed: 2, as: Double.self)
      )
      try desk.write(x, "x.npy")
      try desk.write(k, "k.npy")
      try body(desk, x, k)
    }
  }

  @Test func banksAreConvolved() throws {
    try withDesk([2, 4, 9, 8], [6, 2, 3, 2]) { desk, x, k in
      let y = try desk.result("--correlate --groups 2 --stride 2,1 --dilation 1,2 --padding 1,2,0,3")
      let expected = try crossCorrelate(
        x, bank: k, stride: (2, 1), dilation: (1, 2), groups: 2, padding: Padding(top: 1, bottom: 2, left: 0, right: 3))
      #expect(relativeError(y, expected) < 1e-13)
      let grouped = try desk.result("--groups 2")
      #expect(try relativeError(grouped, convolve(x, bank: k, groups: 2, mode: .same, boundary: .zero)) < 1e-13)
    }
    try withDesk([2, 6, 5, 4], [6, 2, 3, 2]) { desk, x, k in
      let y = try desk.result("--correlate --transposed --groups 2 --stride 2 --output-padding 1,0 --padding 1")
      let expected = try transposedCrossCorrelate(
        x, bank: k, stride: (2, 2), groups: 2, padding: Padding(1), outputPadding: (1, 0))
      #expect(relativeError(y, expected) < 1e-13)
    }
  }

  @Test func signalsAndBatchesAreConvolved() throws {
    try withDesk([3, 50], [7]) { desk, x, k in
      let y = try desk.result("--mode full --boundary symmetric")
      #expect(try relativeError(y, convolve(x, k, mode: .full, boundary: .symmetric)) < 1e-13)
    }
    try withDesk([2, 3, 6, 7], [3, 3]) { desk, x, k in
      let y = try desk.result()
      #expect(try relativeError(y, convolve(x, k, mode: .same, boundary: .zero)) < 1e-13)
    }
  }

  @Test func signalsArePaddedAtTheirEnds() throws {
    try withDesk([50], [4]) { desk, x, k in
      let rows = (x.reshaped([1, 50]), k.reshaped([1, 4]))
      for padding in ["3", "1,2,3,3", "0,0,3,3"] {
        let y = try desk.result("--padding \(padding) --boundary circular")
        let wide = try convolve(rows.0, rows.1, mode: .full, boundary: .circular)
        #expect(y.shape == [53] && relativeError(y, wide.reshaped([53])) < 1e-13, "\(padding)")
      }
    }
    try withDesk([2, 3, 50], [4, 3, 5]) { desk, x, k in
      let y = try desk.result("--correlate --padding 2 --stride 2")
      let expected = try crossCorrelate(
        x.reshaped([2, 3, 1, 50]), bank: k.reshaped([4, 3, 1, 5]), stride: (1, 2),
        padding: Padding(top: 0, bottom: 0, left: 2, right: 2))
      #expect(y.shape == [2, 4, 25] && relativeError(y, expected.reshaped([2, 4, 25])) < 1e-13)
    }
    try withDesk([2, 4, 25], [4, 3, 5]) { desk, x, k in
      let y = try desk.result("--correlate --transposed --padding 2 --stride 2 --output-padding 1")
      let expected = try transposedCrossCorrelate(
        x.reshaped([2, 4, 1, 25]), bank: k.reshaped([4, 3, 1, 5]), stride: (1, 2),
        padding: Padding(top: 0, bottom: 0, left: 2, right: 2), outputPadding: (0, 1))
      #expect(y.shape == [2, 3, 50] && relativeError(y, expected.reshaped([2, 3, 50])) < 1e-13)
    }
  }

  @Test(arguments: Boundary.allCases) func everyBoundaryIsThere(boundary: Boundary) throws {
    try withDesk([7, 9], [4, 3]) { desk, x, k in
      let y = try desk.result("--boundary \(boundary)")
      #expect(try relativeError(y, convolve(x, k, mode: .same, boundary: boundary)) < 1e-13)
    }
  }

  @Test func masksHideDeadPixels() throws {
    try withDesk([6, 7], [3, 3]) { desk, x, k in
      let mask = Tensor<Double>((0..<42).map { $0 % 5 == 0 ? 0 : 1 }, shape: [6, 7])
      try desk.write(mask, "m.npy")
      let expected = try convolve(x, k, mode: .same, boundary: .reflect, mask: mask.map { $0 == 1 })
      #expect(relativeError(try desk.result("--mask m.npy --boundary reflect"), expected) < 1e-12)
      try PNG.write(PNGImage(gray: mask), to: desk.folder.appendingPathComponent("m.png"))
      #expect(relativeError(try desk.result("--mask m.png --boundary reflect"), expected) < 1e-12)
    }
  }

  @Test func coarserSeparableKernelsAreAskedFor() throws {
    try withDesk([30, 30], [9, 9]) { desk, x, k in
      let exact = try desk.result("--method separable")
      #expect(relativeError(exact, try desk.result("--method direct")) < 1e-13)
      let coarse = try desk.result("--method separable --separable-tolerance 0.5")
      #expect(relativeError(coarse, exact) > 1e-3)
    }
  }

  @Test func mistakesAreNamed() throws {
    try withDesk([2, 4, 9, 8], [6, 2, 3, 2]) { desk, _, _ in
      try desk.write(Tensor.zeros([9, 8]), "plain.npy")
      try desk.write(Tensor.zeros([3, 3]), "kernel.npy")
      try desk.write(Tensor.zeros([0, 8]), "empty.npy")
      try desk.write(Tensor(repeating: 0.5, shape: [9, 8]), "gray.npy")
      try desk.write(Tensor(repeating: 1, shape: [8, 9]), "turned.npy")
      for (name, type, width) in [("bool", "|b1", 1), ("complex", "<c8", 8)] {
        try npy(type, [9, 8], bytes: 72 * width).write(to: desk.folder.appendingPathComponent("\(name).npy"))
      }
      let cases: [(String, Int32, String)] = [
        ("x.npy k.npy", 1, "expected images of 2 channels for the bank [6, 2, 3, 2], found 4 channels"),
        ("x.npy k.npy --groups 3", 1, "3 groups of 2"), ("x.npy k.npy --groups 0", 2, "--groups"),
        ("plain.npy kernel.npy --groups 2", 1, "expected a bank"),
        ("plain.npy k.npy", 1, "found shapes [9, 8] and [6, 2, 3, 2]"),
        ("empty.npy kernel.npy", 1, "image height of at least 1, found 0"),
        ("kernel.npy plain.npy --mode valid", 1, "in each other's place"),
        ("bool.npy kernel.npy", 1, "astype"), ("complex.npy kernel.npy", 1, "imaginary"),
        ("plain.npy kernel.npy --mask gray.npy", 1, "found 0.5"),
        ("plain.npy kernel.npy --mask turned.npy", 1, "[9, 8], found [8, 9]"),
        ("plain.npy kernel.npy --mask mask.txt", 2, "ends in .npy or .png"),
        ("x.npy k.npy --groups 2 --mask plain.npy", 1, "channel by channel"),
        ("plain.npy kernel.npy --mode same --padding 1", 2, "--padding and --mode"),
        ("plain.npy kernel.npy --padding 1,2", 2, "top,bottom,left,right"),
        ("plain.npy kernel.npy --padding -1", 2, "--padding"), ("plain.npy kernel.npy --stride 0", 2, "at least 1"),
        ("plain.npy kernel.npy --stride 1,2,3", 2, "--stride"), ("plain.npy kernel.npy --dilation x", 2, "--dilation"),
        ("plain.npy kernel.npy --mode valid --dilation 8", 1, "at most the image's 9×8"),
        ("plain.npy kernel.npy --output-padding 1", 2, "--transposed"),
        ("plain.npy kernel.npy --transposed --mode full", 2, "--padding"),
        ("plain.npy kernel.npy --transposed --mask plain.npy", 2, "--mask"),
        ("plain.npy kernel.npy --transposed --stride 2 --output-padding 2", 1, "less than the stride"),
        ("plain.npy kernel.npy --separable-tolerance 2", 2, "between 0 and 1"),
        ("plain.npy kernel.npy --separable-tolerance 0.1 --method fft", 2, "--method separable"),
        ("plain.npy kernel.npy --padding 99999999999", 1, "too large"),
        ("plain.npy kernel.npy --padding 200000", 1, "not enough memory"),
      ]
      for (words, code, part) in cases {
        let outcome = try desk.run(words + " --output y.npy")
        #expect(
          outcome.status == code && outcome.errors.contains(part), "\(words): \(outcome.status) \(outcome.errors)")
        #expect(outcome.output.isEmpty && outcome.errors.split(separator: "\n").count <= 3, "\(outcome.errors)")
      }
      let swapped = try desk.run("kernel.npy plain.npy --output y.npy")
      #expect(swapped.status == 0 && swapped.errors.contains("in each other's place"))
      let picture = try desk.run("x.npy kernel.npy --output y.png")
      #expect(picture.status == 1 && picture.errors.contains("Write a .npy file"))
    }
  }

  /// A version 1 file of zeros of any element type.
  private func npy(_ type: String, _ shape: [Int], bytes: Int) -> Data {
    let sizes = shape.map(String.init).joined(separator: ", ")
    var header = "{'descr': '\(type)', 'fortran_order': False, 'shape': (\(sizes)), }"
    header += String(repeating: " ", count: 118 - header.count - 1) + "\n"
    return Data([0x93] + Array("NUMPY".utf8) + [1, 0, 118, 0] + Array(header.utf8)) + Data(count: bytes)
  }
}
