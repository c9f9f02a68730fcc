package import Numerics
internal import Parallel
internal import Tensors

/// The real 2-D transform of one aligned plane `[height, width]` and its unnormalised inverse.
///
/// A small plane is one plan. A large one goes row by row and then column by column, in blocks that the thread pool
/// shares out: a partition fixed by the size. A class, so that the calls for thousands of planes share its plans without
/// counting references to each.
package final class PlaneTransform<S: SpectralScalar>: Sendable {
  package let height: Int
  package let width: Int

  private let pass: Pass

  private enum Pass {
    case whole(forward: TransformPlan<S>, backward: TransformPlan<S>)
    case blocks(LargePlaneTransform<S>)
  }

  /// Plans the transforms of planes of a size.
  package init(height: Int, width: Int) {
    self.height = height
    self.width = width
    pass =
      height * width >= 1 << 15 && height > 1
      ? .blocks(LargePlaneTransform(height: height, width: width))
      : .whole(
        forward: TransformPlan(TransformRequest(.realForward, sizes: [height, width])),
        backward: TransformPlan(TransformRequest(.realBackward, sizes: [height, width])))
  }

  package var realCount: Int { height * width }
  package var spectrumCount: Int { height * (width / 2 + 1) }

  /// Transforms a plane into its half spectrum `[height, width / 2 + 1]`.
  package func forward(_ plane: UnsafeMutablePointer<S>, _ spectrum: UnsafeMutablePointer<Complex<S>>) {
    switch pass {
    case .whole(let plan, _): plan.realForward(plane, spectrum)
    case .blocks(let plans): plans.forward(plane, spectrum)
    }
  }

  /// Transforms a half spectrum, which it destroys, into height·width times its plane.
  package func backward(_ spectrum: UnsafeMutablePointer<Complex<S>>, _ plane: UnsafeMutablePointer<S>) {
    switch pass {
    case .whole(_, let plan): plan.realBackward(spectrum, plane)
    case .blocks(let plans): plans.backward(spectrum, plane)
    }
  }
}

/// The passes over rows and columns of a large plane.
struct LargePlaneTransform<S: SpectralScalar>: Sendable {
  private static var rowsOfBlock: Int { 32 }
  private static var columnsOfBlock: Int { 32 }

  private let height: Int
  private let width: Int
  private let rowsForward: [TransformPlan<S>]
  private let rowsBackward: [TransformPlan<S>]
  private let columnsForward: [TransformPlan<S>]
  private let columnsBackward: [TransformPlan<S>]

  init(height: Int, width: Int) {
    self.height = height
    self.width = width
    let half = width / 2 + 1
    rowsForward = Self.blocks(height, Self.rowsOfBlock) { count in
      TransformRequest(
        .realForward, axes: [.init(count: width, inputStride: 1, outputStride: 1)],
        loops: [.init(count: count, inputStride: width, outputStride: half)])
    }
    rowsBackward = Self.blocks(height, Self.rowsOfBlock) { count in
      TransformRequest(
        .realBackward, axes: [.init(count: width, inputStride: 1, outputStride: 1)],
        loops: [.init(count: count, inputStride: half, outputStride: width)])
    }
    func columns(_ kind: TransformRequest.Kind) -> [TransformPlan<S>] {
      Self.blocks(half, Self.columnsOfBlock) { count in
        TransformRequest(
          kind, axes: [.init(count: height, inputStride: half, outputStride: half)],
          loops: [.init(count: count, inputStride: 1, outputStride: 1)], isInPlace: true)
      }
    }
    columnsForward = columns(.forward)
    columnsBackward = columns(.backward)
  }

  func forward(_ plane: UnsafeMutablePointer<S>, _ spectrum: UnsafeMutablePointer<Complex<S>>) {
    // The blocks do not overlap.
    nonisolated(unsafe) let (plane, spectrum) = (plane, spectrum)
    parallelFor(rowsForward.count) { block in
      let row = block * Self.rowsOfBlock
      rowsForward[block].realForward(plane + row * width, spectrum + row * (width / 2 + 1))
    }
    transformColumns(columnsForward, spectrum)
  }

  func backward(_ spectrum: UnsafeMutablePointer<Complex<S>>, _ plane: UnsafeMutablePointer<S>) {
    transformColumns(columnsBackward, spectrum)
    // The blocks do not overlap.
    nonisolated(unsafe) let (plane, spectrum) = (plane, spectrum)
    parallelFor(rowsBackward.count) { block in
      let row = block * Self.rowsOfBlock
      rowsBackward[block].realBackward(spectrum + row * (width / 2 + 1), plane + row * width)
    }
  }

  private func transformColumns(_ plans: [TransformPlan<S>], _ spectrum: UnsafeMutablePointer<Complex<S>>) {
    // The blocks do not overlap.
    nonisolated(unsafe) let spectrum = spectrum
    parallelFor(plans.count) { block in
      let first = spectrum + block * Self.columnsOfBlock
      plans[block].complex(first, first)
    }
  }

  private static func blocks(
    _ count: Int, _ blockCount: Int, _ request: (Int) -> TransformRequest
  ) -> [TransformPlan<S>] {
    stride(from: 0, to: count, by: blockCount).map { TransformPlan(request(min(blockCount, count - $0))) }
  }
}
