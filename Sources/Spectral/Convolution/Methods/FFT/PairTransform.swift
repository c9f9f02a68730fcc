internal import Numerics
internal import Tensors

/// The complex 2-D transform of a plane in place, of which only some rows hold samples, or are wanted.
///
/// Forward the rows come first, so that those of zeros are left out; backward the columns, so that unwanted rows are.
///
/// A class, so that the calls for thousands of planes share its plans without counting references to each.
final class PairTransform<S: SpectralScalar>: Sendable {
  /// The rows that are transformed.
  let rows: Int

  private let rowsForward: TransformPlan<S>
  private let rowsBackward: TransformPlan<S>
  private let columnsForward: TransformPlan<S>
  private let columnsBackward: TransformPlan<S>
  private let unused: Range<Int>

  init(_ size: (height: Int, width: Int), rows: Int) {
    self.rows = rows
    let row = TransformRequest.Axis(count: size.width, inputStride: 1, outputStride: 1)
    let allRows = TransformRequest.Axis(count: rows, inputStride: size.width, outputStride: size.width)
    let column = TransformRequest.Axis(count: size.height, inputStride: size.width, outputStride: size.width)
    let allColumns = TransformRequest.Axis(count: size.width, inputStride: 1, outputStride: 1)
    func plan(_ kind: TransformRequest.Kind, _ axis: TransformRequest.Axis, _ loop: TransformRequest.Axis)
      -> TransformPlan<S>
    { TransformPlan(TransformRequest(kind, axes: [axis], loops: [loop], isInPlace: true)) }
    rowsForward = plan(.forward, row, allRows)
    rowsBackward = plan(.backward, row, allRows)
    columnsForward = plan(.forward, column, allColumns)
    columnsBackward = plan(.backward, column, allColumns)
    unused = 2 * rows * size.width..<2 * size.height * size.width
  }

  /// Transforms the rows, which hold the samples, and all columns; takes the other rows to be zero.
  func forward(_ plane: UnsafeMutablePointer<S>) {
    (plane + unused.lowerBound).clear(count: unused.count)
    rowsForward.complex(complexPointer(plane), complexPointer(plane))
    columnsForward.complex(complexPointer(plane), complexPointer(plane))
  }

  /// height·width times the inverse, in the rows that are wanted; the others are undefined.
  func backward(_ plane: UnsafeMutablePointer<S>) {
    columnsBackward.complex(complexPointer(plane), complexPointer(plane))
    rowsBackward.complex(complexPointer(plane), complexPointer(plane))
  }
}
