internal import CKernels
internal import Parallel
internal import Tensors

/// Sparse factors carried out on the rows of a matrix, many rows side by side.
struct LaneProgram<S: SpectralScalar>: Sendable {
  private struct Step: Sendable {
    let shape: PlainTable<axis_factor>
    let starts: PlainTable<Int32>
    let columns: PlainTable<Int32>
    let weights: PlainTable<S>
    let source: Int
    let target: Int
  }

  private let steps: [Step]
  private let inputs: PlainTable<Int32>
  private let outputs: PlainTable<Int32>
  private let slotCount: Int
  private let lanes: Int
  /// Whether slots that no input fills are read.
  private let needsZeros: Bool

  /// The groups of rows that one task takes; fixed, so that results do not depend on the number of threads.
  private static var groupsOfTask: Int { 8 }

  /// From so many slots on, rows are taken one by one: side by side they would not stay in the processor's cache.
  private static var manySlots: Int { 1 << 15 }

  /// Prepares factors.
  ///
  /// - Parameters:
  ///   - factors: The factors, the first applied first.
  ///   - inputs: The slot of each element of a row.
  ///   - outputs: The slot of each element of the result.
  init(_ factors: [AxisFactor], inputs: [Int], outputs: [Int]) {
    let half = factors.map { $0.matrix.size * $0.outerCount * $0.run }.max() ?? max(inputs.count, outputs.count)
    slotCount = 2 * half
    lanes = slotCount >= Self.manySlots ? 1 : LaneLoops<S>.count
    needsZeros = inputs.count < half
    self.inputs = PlainTable(inputs.map { Int32($0) })
    self.outputs = PlainTable(outputs.map { Int32($0) })
    steps = factors.map { [lanes] in Self.step($0, lanes: lanes) }
  }

  private static func step(_ factor: AxisFactor, lanes: Int) -> Step {
    let entries = factor.matrix.rows.flatMap { $0 }
    let starts = factor.matrix.rows.reduce(into: [Int32(0)]) { $0.append($0.last! + Int32($1.count)) }
    let shape = axis_factor(
      rows: factor.matrix.size, outer: factor.outerCount, run: factor.run * lanes,
      in_outer: factor.source.outerStride * lanes, in_step: factor.source.step * lanes,
      out_outer: factor.target.outerStride * lanes, out_step: factor.target.step * lanes)
    return Step(
      shape: PlainTable([shape]), starts: PlainTable(starts), columns: PlainTable(entries.map { Int32($0.column) }),
      weights: PlainTable(entries.map { S($0.weight) }), source: factor.source.base * lanes,
      target: factor.target.base * lanes)
  }

  /// Transforms the rows of `[N, …]` into those of `[N, K]`.
  func callAsFunction(_ rows: Tensor<S>) -> Tensor<S> {
    let (count, taskRows) = (rows.shape[0], lanes * Self.groupsOfTask)
    return Tensor(shape: [count, outputs.count]) { target in
      let slices = DisjointSlices(target)
      rows.withUnsafeBufferPointer { source in
        // Read only.
        nonisolated(unsafe) let source = source
        parallelFor((count + taskRows - 1) / taskRows) { task in
          let range = task * taskRows..<min(count, (task + 1) * taskRows)
          let output = slices[range.lowerBound * outputs.count..<range.upperBound * outputs.count]
          run(source.baseAddress! + range.lowerBound * inputs.count, output.baseAddress!, count: range.count)
        }
      }
    }
  }

  private func run(_ rows: UnsafePointer<S>, _ results: UnsafeMutablePointer<S>, count: Int) {
    let slots = AlignedMemory<S>(count: slotCount * lanes)
    var row = 0
    while row + lanes <= count {
      runGroup(rows + row * inputs.count, results + row * outputs.count, slots.base)
      row += lanes
    }
    guard row < count else { return }
    let (from, to) = (AlignedMemory<S>(count: lanes * inputs.count), AlignedMemory<S>(count: lanes * outputs.count))
    from.base.clear(count: from.count)
    from.base.update(from: rows + row * inputs.count, count: (count - row) * inputs.count)
    runGroup(from.base, to.base, slots.base)
    (results + row * outputs.count).update(from: to.base, count: (count - row) * outputs.count)
  }

  private func runGroup(
    _ rows: UnsafePointer<S>, _ results: UnsafeMutablePointer<S>, _ slots: UnsafeMutablePointer<S>
  ) {
    let loops = S.spectralFunctions.lanes
    if needsZeros { slots.clear(count: slotCount * lanes) }
    if lanes == 1 {
      for index in 0..<inputs.count { slots[Int(inputs.base[index])] = rows[index] }
    } else {
      loops.rowsToLanes(inputs.count, rows, inputs.count, inputs.base, slots)
    }
    for step in steps {
      loops.applyFactor(
        step.shape.base, step.starts.base, step.columns.base, step.weights.base, slots + step.source,
        slots + step.target)
    }
    if lanes == 1 {
      for index in 0..<outputs.count { results[index] = slots[Int(outputs.base[index])] }
    } else {
      loops.lanesToRows(outputs.count, slots, outputs.base, results, outputs.count)
    }
  }
}
