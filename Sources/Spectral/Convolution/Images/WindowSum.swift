internal import Tensors

/// Sums over the windows of a convolution, in double precision: counts of marked samples are exact whatever the method,
/// the stride, the dilation or the boundary, because they are rounded to whole numbers.
struct WindowSum: Sendable {
  private let plan: ConvolutionPlan<Double>
  private let isTransposed: Bool

  /// Plans sums in planes that do not mix.
  ///
  /// - Parameters:
  ///   - shape: The convolution whose windows are meant.
  ///   - planes: The planes; each has sums of its own.
  ///   - boundary: What the padding repeats.
  ///   - isTransposed: Whether to sum over the outputs that reach each sample instead.
  init(_ shape: ConvolutionShape, planes: Int = 1, _ boundary: Boundary, isTransposed: Bool = false) {
    self.isTransposed = isTransposed
    var planner = ConvolutionPlanner.reproducible
    planner.memoryLimit = .max
    let work = (try? shape.replacing(planes: planes)).map { ConvolutionWork($0, boundary: boundary) }
    guard let work, let plan = try? ConvolutionPlan<Double>(work, planner: planner) else {
      preconditionFailure("expected windows of one plane where those of a bank fit")
    }
    self.plan = plan
  }

  /// The sum over each window.
  ///
  /// - Parameters:
  ///   - samples: What is added, plane by plane.
  ///   - weights: A weight for each place of the window, plane by plane.
  /// - Returns: The sums, plane by plane.
  func sums(_ samples: Tensor<Double>, _ weights: Tensor<Double>) -> Tensor<Double> {
    let prepared = plan.prepare(weights.span)
    return Tensor(shape: [isTransposed ? plan.shape.inputCount : plan.shape.outputCount]) { sums in
      var span = MutableSpan(_unsafeElements: sums)
      if isTransposed {
        plan.gradientInput(samples.span, prepared, into: &span, workspace: plan.makeWorkspace())
      } else {
        plan.forward(samples.span, prepared, into: &span, workspace: plan.makeWorkspace())
      }
    }
  }

  /// The number of marks in each window.
  ///
  /// - Parameters:
  ///   - marks: 1 where a sample is marked and 0 elsewhere, plane by plane.
  ///   - taps: 1 at the places of the window that count and 0 at others; all of them when left out.
  /// - Returns: The numbers, plane by plane.
  func counts(_ marks: Tensor<Double>, taps: Tensor<Double>? = nil) -> Tensor<Double> {
    sums(marks, taps ?? Tensor(repeating: 1, shape: [plan.shape.kernelCount])).map { $0.rounded() }
  }
}

extension ConvolutionShape {
  /// The same windows on planes that do not mix.
  fileprivate func replacing(planes: Int) throws -> ConvolutionShape {
    try ConvolutionShape(
      inputChannels: planes, outputChannels: planes, inputHeight: inputHeight, inputWidth: inputWidth,
      kernelHeight: kernelHeight, kernelWidth: kernelWidth, strideY: strideY, strideX: strideX, dilationY: dilationY,
      dilationX: dilationX, groups: planes, padding: padding)
  }
}
