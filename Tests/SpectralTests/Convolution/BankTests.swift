import Formats
import Foundation
import Spectral
import Tensors
import TestSupport
import Testing

/// One of PyTorch's convolutions in `banks.npz`; its README says how the arrays are named.
private struct TorchCase {
  let name: String
  let images, bank, resultGradient: Tensor<Double>
  let result, imageGradient, bankGradient: Tensor<Double>
  let stride, dilation, outputPadding: (y: Int, x: Int)
  let groups: Int
  let padding: Padding

  init(_ archive: NPZArchive, _ name: String) throws {
    func array(_ part: String) throws -> Tensor<Double> { try archive["\(name)/\(part)"].tensor() }
    func wave(_ shape: [Int], _ rate: Double) -> Tensor<Double> {
      Tensor((0..<shape.reduce(1, *)).map { sin(rate * Double($0) + 0.3) }, shape: shape)
    }
    self.name = name
    images = wave(try archive["\(name)/images"].integers(), 0.37)
    bank = wave(try archive["\(name)/bank"].integers(), 0.71)
    (result, imageGradient) = (try array("result"), try array("image gradient"))
    bankGradient = try array("bank gradient")
    resultGradient = wave(result.shape, 1.31)
    var settings = try archive["\(name)/settings"].integers()[...]
    let isSignal = images.rank == 3
    func pair(_ missing: Int) -> (y: Int, x: Int) {
      isSignal ? (missing, settings.removeFirst()) : (settings.removeFirst(), settings.removeFirst())
    }
    (stride, dilation) = (pair(1), pair(1))
    groups = settings.removeFirst()
    if name.hasPrefix("transposed") {
      let (y, x) = pair(0)
      padding = Padding(top: y, bottom: y, left: x, right: x)
      outputPadding = pair(0)
    } else {
      let (top, bottom) = isSignal ? (0, 0) : (settings.removeFirst(), settings.removeFirst())
      padding = Padding(top: top, bottom: bottom, left: settings.removeFirst(), right: settings.removeFirst())
      outputPadding = (0, 0)
    }
  }

  var boundary: Boundary { Boundary(rawValue: String(name.split(separator: "/")[0].split(separator: " ")[1]))! }

  static func all(_ prefix: String) throws -> [TorchCase] {
    let archive = try ConvolutionFixtures.archive("banks")
    let names = archive.names.filter { $0.hasPrefix(prefix) && $0.hasSuffix("/result") }
    #expect(names.count >= 6)
    return try names.map { try TorchCase(archive, String($0.dropLast("/result".count))) }
  }
}

@Suite struct BankTests {
  @Test(arguments: ConvolutionMethod.allCases)
  func agreesWithPyTorch(method: ConvolutionMethod) throws {
    var served = 0
    for expected in try TorchCase.all("forward") {
      let isServed = try serves(method) { method in
        let y = try crossCorrelate(
          expected.images, bank: expected.bank, stride: expected.stride, dilation: expected.dilation,
          groups: expected.groups, padding: expected.padding, boundary: expected.boundary, method: method)
        #expect(relativeError(y, expected.result) < 1e-13, "\(method) \(expected.name)")
        let yf = try crossCorrelate(
          expected.images.map { Float($0) }, bank: expected.bank.map { Float($0) }, stride: expected.stride,
          dilation: expected.dilation, groups: expected.groups, padding: expected.padding, boundary: expected.boundary,
          method: method)
        #expect(relativeError(yf, expected.result.map { Float($0) }) < 1e-5, "\(method) \(expected.name) Float")
      }
      if isServed { served += 1 }
    }
    #expect(served >= 15 || !generalMethods.contains(method))
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func gradientsAgreeWithPyTorch(method: ConvolutionMethod) throws {
    for expected in try TorchCase.all("forward") {
      _ = try serves(method) { method in
        let plan = try ConvolutionPlan<Double>(shape(expected), method: method, boundary: expected.boundary)
        let workspace = plan.makeWorkspace()
        let dx = writing(Tensor<Double>.zeros(expected.images.shape)) {
          plan.gradientInput(
            expected.resultGradient.span, plan.prepare(expected.bank.span), into: &$0, workspace: workspace)
        }
        #expect(relativeError(dx, expected.imageGradient) < 1e-12, "\(method) \(expected.name)")
        let dk = writing(Tensor<Double>.zeros(expected.bank.shape)) {
          plan.gradientKernel(
            expected.images.span, expected.resultGradient.span, addingTo: &$0, workspace: workspace)
        }
        #expect(relativeError(dk, expected.bankGradient) < 1e-12, "\(method) \(expected.name)")
      }
    }
  }

  @Test(arguments: ConvolutionMethod.allCases)
  func transposedAgreesWithPyTorch(method: ConvolutionMethod) throws {
    for expected in try TorchCase.all("transposed") {
      _ = try serves(method) { method in
        let x = try transposedCrossCorrelate(
          expected.images, bank: expected.bank, stride: expected.stride, dilation: expected.dilation,
          groups: expected.groups, padding: expected.padding, outputPadding: expected.outputPadding, method: method)
        #expect(relativeError(x, expected.result) < 1e-13, "\(method) \(expected.name)")
        let dy = try crossCorrelate(
          expected.resultGradient, bank: expected.bank, stride: expected.stride, dilation: expected.dilation,
          groups: expected.groups, padding: expected.padding, method: method)
        #expect(relativeError(dy, expected.imageGradient) < 1e-13, "\(method) \(expected.name)")
      }
    }
  }

  private func shape(_ expected: TorchCase) throws -> ConvolutionShape {
    let (images, bank) = (expected.images.shape, expected.bank.shape)
    let isSignal = images.count == 3
    return try ConvolutionShape(
      inputChannels: images[1], outputChannels: bank[0], inputHeight: isSignal ? 1 : images[2],
      inputWidth: images.last!, kernelHeight: isSignal ? 1 : bank[2], kernelWidth: bank.last!,
      strideY: expected.stride.y, strideX: expected.stride.x, dilationY: expected.dilation.y,
      dilationX: expected.dilation.x, groups: expected.groups, padding: expected.padding)
  }

  @Test func handValues() throws {
    let x = Tensor<Double>([1, 2, 3, 4], shape: [1, 2, 2])
    let bank = Tensor<Double>([1, 0, 0, 2, 10, 20, 30, 40], shape: [2, 1, 2, 2])
    try forEachMethod { method in
      let y = try crossCorrelate(x, bank: bank, method: method)
      #expect(y.shape == [2, 1, 1] && y.elements.map { $0.rounded() } == [9, 300], "\(method)")
      let flipped = try convolve(x, bank: bank, mode: .valid, boundary: .zero, method: method)
      #expect(flipped.elements.map { $0.rounded() } == [6, 200], "\(method)")
      let same = try crossCorrelate(x, bank: bank, stride: (2, 1), mode: .same, boundary: .zero, method: method)
      #expect(same.shape == [2, 1, 2] && same.elements.map { $0.rounded() } == [9, 2, 300, 140], "\(method)")
      let back = try transposedCrossCorrelate(
        Tensor<Double>([1, 2], shape: [2, 1, 1]), bank: bank, stride: (2, 2), outputPadding: (1, 0), method: method)
      #expect(back.shape == [1, 3, 2] && back.elements.map { $0.rounded() } == [21, 40, 60, 82, 0, 0], "\(method)")
    }
  }

  /// Any number of batch axes, or none, and no image at all.
  @Test func batchAxesAreKept() throws {
    let bank: Tensor<Float> = randomTensor([4, 2, 3, 3], seed: 71)
    let images: Tensor<Float> = randomTensor([2, 3, 2, 6, 5], seed: 72)
    let y = try crossCorrelate(images, bank: bank, padding: Padding(1))
    #expect(y.shape == [2, 3, 4, 6, 5])
    let flat = try crossCorrelate(images.reshaped([6, 2, 6, 5]), bank: bank, padding: Padding(1))
    #expect(flat.elements == y.elements)
    let one = try crossCorrelate(
      images.reshaped([6, 2, 6, 5])[rows: 0..<1].reshaped([2, 6, 5]), bank: bank, padding: Padding(1))
    #expect(one.shape == [4, 6, 5] && one.elements == Array(y.elements.prefix(one.count)))
    #expect(try crossCorrelate(Tensor<Float>.zeros([0, 2, 6, 5]), bank: bank).shape == [0, 4, 4, 3])
    let signals: Tensor<Float> = randomTensor([2, 3, 40], seed: 73)
    #expect(try convolve(signals, randomTensor([7], seed: 74), mode: .full, boundary: .reflect).shape == [2, 3, 46])
  }

  @Test func mistakesAreNamed() throws {
    func error(_ images: [Int], _ bank: [Int], groups: Int = 1, padding: Padding = Padding(0)) -> String {
      let problem = #expect(throws: InputError.self) {
        try crossCorrelate(Tensor<Float>.zeros(images), bank: .zeros(bank), groups: groups, padding: padding)
      }
      return problem?.description ?? ""
    }
    #expect(error([2, 3, 8, 8], [4, 2, 3, 3]).contains("found 3 channels"))
    #expect(error([2, 4, 8, 8], [3, 2, 3, 3], groups: 2).contains("2 groups divide, found 3"))
    #expect(error([2, 4, 8, 8], [3, 2, 3]).contains("found 8 channels"))
    #expect(error([8, 8], [1, 1, 3, 3]).contains("[..., C, H, W]"))
    #expect(error([1, 2, 2], [1, 1, 3, 3]).contains("at most 2×2"))
    #expect(error([1, 0, 2], [1, 1, 3, 3]).contains("image height"))
    #expect(error([1, 2, 2], [1, 1, 1, 1], padding: Padding(-1)).contains("padding"))
    #expect(error([1, 2, 2], [1, 1, 1, 1], padding: Padding(1 << 40)).contains("too large"))
    let rank = #expect(throws: InputError.self) {
      try convolve(Tensor<Float>.zeros([4]), .zeros([2, 2]), mode: .same, boundary: .zero)
    }
    #expect(rank?.description.contains("[..., H, W]") == true)
    let stride = #expect(throws: InputError.self) {
      try transposedCrossCorrelate(
        Tensor<Float>.zeros([1, 2, 2]), bank: .zeros([1, 1, 2, 2]), stride: (2, 2), outputPadding: (2, 0))
    }
    #expect(stride?.description.contains("output padding") == true)
  }
}
