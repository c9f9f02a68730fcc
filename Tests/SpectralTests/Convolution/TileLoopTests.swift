import CKernels
import Tensors
import TestSupport
import Testing

/// The loops that fill tiles and empty them, which end anywhere in a vector and in a line of the cache.
@Suite struct TileLoopTests {
  @Test func interleavingPutsZerosRoundTheSamplesAndTellsTheLargest() {
    check(kernel_interleave_f)
    check(kernel_interleave_d)
  }

  private func check<S: Scalar>(
    _ interleave: (Int, Int, Int, UnsafePointer<S>?, UnsafePointer<S>?, UnsafeMutablePointer<S>) -> S
  ) {
    var stream = RandomStream(seed: 71)
    for _ in 0..<500 {
      let count = stream.integer(in: 0..<70)
      let (before, after) = (stream.integer(in: 0..<20), stream.integer(in: 0..<20))
      let rows = (0..<2).map { _ in (0..<count).map { _ in S(stream.uniform(in: -2..<2)) } }
      let isThere = (0..<2).map { _ in stream.integer(in: 0..<3) > 0 }
      var found = [S](repeating: .nan, count: 2 * (before + count + after))
      let largest = rows[0].withUnsafeBufferPointer { real in
        rows[1].withUnsafeBufferPointer { imaginary in
          interleave(
            before + count + after, before, count, isThere[0] ? real.baseAddress : nil,
            isThere[1] ? imaginary.baseAddress : nil, &found)
        }
      }
      let zeros = [S](repeating: 0, count: count)
      let parts = zip(rows, isThere).map { $1 ? $0 : zeros }
      let samples = zip(parts[0], parts[1]).flatMap { [$0, $1] }
      #expect(
        found == [S](repeating: 0, count: 2 * before) + samples + [S](repeating: 0, count: 2 * after))
      #expect(largest == samples.map(\.magnitude).max() ?? 0)
    }
    for special in [S.infinity, -.infinity, .nan, -.nan] {
      for place in [0, 15, 16, 20] {
        var (row, zeros, found) = (
          [S](repeating: 1, count: 21), [S](repeating: 0, count: 21), [S](repeating: 0, count: 42)
        )
        row[place] = special
        #expect(interleave(21, 0, 21, &row, &zeros, &found) == .infinity)
        #expect(interleave(21, 0, 21, nil, &row, &found) == .infinity)
      }
    }
    var (row, found) = ([S](repeating: -0.0, count: 5), [S](repeating: 0, count: 10))
    #expect(interleave(5, 0, 5, &row, nil, &found).sign == .plus)
  }

  @Test func pickingTakesEveryNumberOfSomeDistanceWhereverItBegins() {
    check(kernel_pick_f)
    check(kernel_pick_d)
  }

  private func check<S: Scalar>(
    _ pick: (Int, UnsafePointer<S>, Int, Int32, UnsafeMutablePointer<S>) -> Void
  ) {
    var stream = RandomStream(seed: 72)
    let source = (0..<400).map { S($0) }
    for _ in 0..<500 {
      let (count, start, step) = (stream.integer(in: 0..<70), stream.integer(in: 0..<40), stream.integer(in: 1..<5))
      var found = [S](repeating: -1, count: 120)
      source.withUnsafeBufferPointer { source in
        found.withUnsafeMutableBufferPointer {
          pick(count, source.baseAddress!, step, Int32(stream.integer(in: 0..<2)), $0.baseAddress! + start)
        }
      }
      kernel_finish_streams()
      let picked = (0..<count).map { source[step * $0] }
      let rest = [S](repeating: -1, count: 120 - start - count)
      #expect(found == [S](repeating: -1, count: start) + picked + rest)
    }
  }
}
