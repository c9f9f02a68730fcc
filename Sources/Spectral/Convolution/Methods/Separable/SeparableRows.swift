internal import CKernels
internal import Tensors

/// The second pass of a separable correlation: planes of sums, extended to the sides, with the rows of the terms.
struct SeparableRows<S: SpectralScalar>: Sendable {
  private let shape: ConvolutionShape
  private let sides: Extension<S>
  private let starts: PlainTable<Int>
  private let phases: PlainTable<direct_phase>

  /// The numbers from one extended row to the next.
  var rowStride: Int { sides.rowStride }

  /// Plans the pass.
  ///
  /// - Parameters:
  ///   - shape: The sizes of the separable correlation.
  ///   - boundary: What the padding consists of.
  ///   - rowCount: The rows of all planes together, at most.
  /// - Throws: ``InputError`` for sizes that no convolution has.
  init(_ shape: ConvolutionShape, _ boundary: Boundary, rowCount: Int) throws(InputError) {
    self.shape = shape
    let (axis, map) = (shape.columnPhases, ExtendedAxes(shape, boundary).columns)
    var (runs, phases, end): ([extension_run], [direct_phase], Int) = ([], [], 0)
    for phase in 0..<axis.count {
      let count = axis.sampleCount(of: phase, outputs: shape.outputWidth)
      runs += map.runs(from: axis.start(of: phase), step: axis.stride, count: count, at: end)
      phases.append(direct_phase(first_row: 0, offset: end, height: 1, width: axis.weightCount(of: phase)))
      end += aligned(axis.sampleCount(of: phase, outputs: aligned(shape.outputWidth)))
    }
    let plane = try ConvolutionShape(inputHeight: 1, inputWidth: shape.inputWidth, kernelHeight: 1, kernelWidth: 1)
    sides = Extension(plane, rows: Array(0..<rowCount), runs: runs, rowStride: end, writesZeroRows: false)
    starts = PlainTable((0..<rowCount).map { $0 * end })
    self.phases = PlainTable(phases)
  }

  /// Packs the rows of the terms of one kernel.
  ///
  /// - Parameters:
  ///   - factors: The terms.
  ///   - packed: Receives the weights.
  /// - Returns: Where the next ones go.
  func pack(_ factors: KernelFactors, into packed: UnsafeMutablePointer<S>) -> UnsafeMutablePointer<S> {
    var target = packed
    let axis = shape.columnPhases
    for row in factors.rows {
      for phase in 0..<axis.count {
        for weight in axis.weights(of: phase) {
          target.pointee = S(row[weight])
          target += 1
        }
      }
    }
    return target
  }

  /// Correlates planes with a row each, and adds them up.
  ///
  /// - Parameters:
  ///   - sums: The sums of the first pass, plane by plane.
  ///   - rows: The rows of a plane.
  ///   - count: The number of planes.
  ///   - bank: The packed rows.
  ///   - output: Receives the rows of the result.
  ///   - extended: Scratch memory for the extended planes.
  func correlate(
    _ sums: UnsafePointer<S>, rows: Int, planes count: Int, _ bank: UnsafePointer<S>,
    into output: UnsafeMutablePointer<S>, extended: UnsafeMutablePointer<S>
  ) {
    sides.extend(sums, rows: 0..<rows * count, into: extended)
    var loop = direct_shape(
      channels: count, filters: 1, phase_count: phases.count, phases: phases.base, rows: starts.base, row_stride: 1,
      tap_row_step: 1, tap_step: shape.columnPhases.step, input_plane_stride: rows * rowStride, input_image_stride: 0,
      images: 1, output_height: rows, output_width: shape.outputWidth, output_row_step: 1,
      output_row_stride: shape.outputWidth, output_plane_stride: 0, output_image_stride: 0)
    S.spectralFunctions.loops.direct(&loop, UnsafePointer(extended), bank, output)
  }
}
