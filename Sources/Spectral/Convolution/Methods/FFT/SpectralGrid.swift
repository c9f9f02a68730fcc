internal import CKernels
internal import Tensors

/// Where the samples of images and outputs and the weights of kernels lie on the periodic grid of a transform.
///
/// Images and outputs start at the grid's origin; the weight u lies at u·dilation − padding, modulo the grid. A stride s
/// parts the image into phases: the sample s·j + r is sample j of phase r, so that y = Σᵣ xᵣ ⋆ kᵣ is a correlation of unit
/// stride of s² times the channels on a grid of 1/s² the size. That is spectral folding: the last butterflies of one large
/// transform are made by the sum over phases.
///
/// With zero padding the grid is long enough that the period meets only zeros; with circular padding it is the image
/// itself where that is of a fast length. Any other padding is made first, and the grid holds the extended image.
struct SpectralGrid: Sendable {
  /// The rows and columns of the grid.
  let size: (height: Int, width: Int)
  /// Whether the padding is made before images come here.
  let isExtended: Bool
  /// The phases of each axis; one where the stride is 1.
  let rows: [AxisPhase]
  let columns: [AxisPhase]

  private let imageWidth: Int
  private let strides: (y: Int, x: Int)
  private let output: (rows: Int, columns: Int)
  private let kernelWidth: Int

  init(_ shape: ConvolutionShape, _ boundary: Boundary) {
    let (vertical, horizontal) = (GridAxis(verticalOf: shape), GridAxis(horizontalOf: shape))
    isExtended = Self.isExtended(vertical, horizontal, boundary)
    size = Self.size(shape, boundary)
    rows = vertical.phases(grid: size.height, isExtended: isExtended)
    columns = horizontal.phases(grid: size.width, isExtended: isExtended)
    imageWidth = isExtended ? shape.paddedWidth : shape.inputWidth
    strides = (shape.strideY, shape.strideX)
    output = (shape.outputHeight, shape.outputWidth)
    kernelWidth = shape.kernelWidth
  }

  /// The size of the grid alone.
  static func size(_ shape: ConvolutionShape, _ boundary: Boundary) -> (height: Int, width: Int) {
    let (vertical, horizontal) = (GridAxis(verticalOf: shape), GridAxis(horizontalOf: shape))
    if boundary == .circular && !isExtended(vertical, horizontal, boundary) {
      return (vertical.count / vertical.stride, horizontal.count / horizontal.stride)
    }
    let isPadded = boundary != .zero
    return SpectrumTransformChoice.size(
      atLeast: (vertical.least(isExtended: isPadded), horizontal.least(isExtended: isPadded)),
      transforms: shape.inputChannels * shape.strideY * shape.strideX + shape.outputChannels,
      products: shape.inputChannels * shape.strideY * shape.strideX * shape.outputChannels)
  }

  /// Whether the grid is the image itself, which is periodic.
  static func isOwnPeriod(_ shape: ConvolutionShape, _ boundary: Boundary) -> Bool {
    boundary == .circular && !isExtended(GridAxis(verticalOf: shape), GridAxis(horizontalOf: shape), boundary)
  }

  private static func isExtended(_ vertical: GridAxis, _ horizontal: GridAxis, _ boundary: Boundary) -> Bool {
    switch boundary {
    case .zero: false
    case .circular: !(vertical.isItsOwnGrid && horizontal.isItsOwnGrid)
    case .reflect, .symmetric, .replicate: true
    }
  }

  /// The phases of an image.
  var phaseCount: Int { rows.count * columns.count }

  /// The samples of an image that belong to a phase.
  func imageItems(phase: Int) -> PlaneItems {
    let (r, c) = phase.quotientAndRemainder(dividingBy: columns.count)
    return PlaneItems(
      offset: r * imageWidth + c, rows: rows[r].samples, columns: columns[c].samples,
      rowStride: imageWidth * strides.y, step: strides.x)
  }

  /// The samples of an output.
  var outputItems: PlaneItems {
    PlaneItems(offset: 0, rows: output.rows, columns: output.columns, rowStride: output.columns, step: 1)
  }

  /// Calls `body` with the places of the weights that belong to a phase, on a grid whose elements are `step` apart.
  func withWeightPlaces(phase: Int, step: Int, _ body: (UnsafePointer<weight_places>) -> Void) {
    let (r, c) = phase.quotientAndRemainder(dividingBy: columns.count)
    let (row, column) = (rows[r], columns[c])
    row.weights.withUnsafeBufferPointer { rowItems in
      row.places.withUnsafeBufferPointer { rowPlaces in
        column.weights.withUnsafeBufferPointer { columnItems in
          column.places.withUnsafeBufferPointer { columnPlaces in
            var places = weight_places(
              rows: rowItems.count, columns: columnItems.count, weight_columns: kernelWidth, grid_rows: size.height,
              grid_columns: size.width, grid_step: step, row_items: rowItems.baseAddress,
              row_places: rowPlaces.baseAddress, column_items: columnItems.baseAddress,
              column_places: columnPlaces.baseAddress)
            body(&places)
          }
        }
      }
    }
  }
}

/// Samples of a plane that form a rectangle at the origin of a grid.
struct PlaneItems: Sendable {
  /// The place of the first in the plane.
  let offset: Int
  let rows: Int
  let columns: Int
  let rowStride: Int
  let step: Int
}
