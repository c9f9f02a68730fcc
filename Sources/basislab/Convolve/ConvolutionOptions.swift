import ArgumentParser
import Spectral
import Tensors

extension ConvolutionMode: ExpressibleByArgument {}
extension Boundary: ExpressibleByArgument {}
extension ConvolutionMethod: ExpressibleByArgument {}

/// The options that say which convolution is meant.
struct ConvolutionOptions: ParsableArguments {
  @Option(help: "Which outputs are computed; 'same' where neither --padding nor --transposed is given.")
  var mode: ConvolutionMode?

  @Option(
    help: ArgumentHelp(
      "Extend the image by so many rows and columns: one number, or top,bottom,left,right. Signals have left and right.",
      valueName: "n,n,n,n"),
    transform: { try Padding(argument: $0) })
  var padding: Padding?

  @Option(help: "What the image is outside its borders.")
  var boundary = Boundary.zero

  @Option(
    help: ArgumentHelp("The distance of neighbouring windows: one number, or y,x.", valueName: "n,n"),
    transform: { try ConvolutionRequest.Steps(argument: $0, of: "--stride", from: 1) })
  var stride = ConvolutionRequest.Steps(y: 1, x: 1)

  @Option(
    help: ArgumentHelp("The distance of neighbouring weights: one number, or y,x.", valueName: "n,n"),
    transform: { try ConvolutionRequest.Steps(argument: $0, of: "--dilation", from: 1) })
  var dilation = ConvolutionRequest.Steps(y: 1, x: 1)

  @Option(help: "The parts that the channels and the kernels of a bank are divided into.")
  var groups = 1

  @Flag(help: "Do not flip the kernel: cross-correlation, as in a convolutional network.")
  var correlate = false

  @Flag(
    help: "Transposed convolution: the adjoint, from results back to images. With --correlate it is PyTorch's.")
  var transposed = false

  @Option(
    help: ArgumentHelp(
      "With --transposed and a stride: rows and columns more at the end: one number, or y,x.", valueName: "n,n"),
    transform: { try ConvolutionRequest.Steps(argument: $0, of: "--output-padding", from: 0) })
  var outputPadding = ConvolutionRequest.Steps(y: 0, x: 0)

  @Option(
    help: ArgumentHelp(
      "Samples that are valid: an array of truth values or of 0 and 1, .npy, or a black and white .png.",
      valueName: "mask"))
  var mask: String?

  @Option(help: "How it is computed; never changes the result beyond rounding.")
  var method = ConvolutionMethod.automatic

  @Option(
    help: ArgumentHelp(
      "What the method 'separable' may leave out of the kernel, as a share of its norm.", valueName: "share"))
  var separableTolerance: Double?

  func validate() throws {
    try Usage.require(groups, in: 1...Int(Int32.max), "--groups", "groups")
    if padding != nil && mode != nil {
      throw Self.conflict("--padding", "--mode", "say both how far the image is extended")
    }
    if transposed && mode != nil {
      throw Self.conflict("--transposed", "--mode", "do not go together: use --padding")
    }
    if transposed && mask != nil { throw Self.conflict("--transposed", "--mask", "do not go together") }
    if !transposed && (outputPadding.y, outputPadding.x) != (0, 0) {
      throw ValidationError("--output-padding: expected --transposed with it")
    }
    if let separableTolerance {
      guard separableTolerance > 0 && separableTolerance < 1 else {
        throw ValidationError("--separable-tolerance: expected a share between 0 and 1, got \(separableTolerance)")
      }
      guard method == .separable || method == .automatic else {
        throw ValidationError("--separable-tolerance: expected --method separable or automatic, got \(method)")
      }
    }
    if let mask { _ = try Usage.check { try Ending(of: mask, among: ArrayFile.endings, for: "--mask") } }
  }

  /// What is to be computed.
  var request: ConvolutionRequest {
    let given = padding ?? (transposed ? Padding(0) : nil)
    let extent = given.map(ConvolutionRequest.Extent.padding) ?? .mode(mode ?? .same)
    var request = ConvolutionRequest(
      correlate ? .crossCorrelation : .convolution, extent, boundary: boundary)
    request.stride = stride
    request.dilation = dilation
    request.groups = groups
    request.isTransposed = transposed
    request.outputPadding = outputPadding
    return request
  }

  /// Whether nothing is asked for but mode, boundary, flip and method, which a convolution by blocks serves.
  var isPlain: Bool {
    padding == nil && (stride.y, stride.x) == (1, 1) && (dilation.y, dilation.x) == (1, 1) && groups == 1
      && !transposed && mask == nil && separableTolerance == nil
  }

  private static func conflict(_ first: String, _ second: String, _ why: String) -> ValidationError {
    ValidationError("\(first) and \(second) \(why)")
  }
}

extension Padding {
  fileprivate init(argument: String) throws {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard [1, 4].contains(numbers.count), numbers.allSatisfy({ ($0 ?? -1) >= 0 }) else {
      throw ValidationError(
        "--padding: expected a number of at least 0, or four as top,bottom,left,right, got '\(argument)'")
    }
    let sides = numbers.compactMap { $0 }
    self =
      sides.count == 1
      ? Padding(sides[0]) : Padding(top: sides[0], bottom: sides[1], left: sides[2], right: sides[3])
  }
}

extension ConvolutionRequest.Steps {
  fileprivate init(argument: String, of option: String, from smallest: Int) throws {
    let numbers = argument.split(separator: ",", omittingEmptySubsequences: false).map { Int($0) }
    guard [1, 2].contains(numbers.count), numbers.allSatisfy({ ($0 ?? smallest - 1) >= smallest }) else {
      throw ValidationError(
        "\(option): expected a number of at least \(smallest), or two as y,x, got '\(argument)'")
    }
    let steps = numbers.compactMap { $0 }
    self.init(y: steps[0], x: steps[steps.count - 1])
  }
}
