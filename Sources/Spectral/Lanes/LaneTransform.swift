internal import CKernels
internal import Numerics
internal import Tensors

/// Fourier transforms along an axis of images that lie in the lanes of vectors.
///
/// FFTW's codelets share a vector among the points of one transform; here a vector holds one point of as many images as it
/// has lanes, so that nothing is ever shuffled. That is faster for many images of some hundred pixels.
struct LaneTransform<S: SpectralScalar>: Sendable {
  let count: Int

  private let radices: PlainTable<Int>
  private let roots: PlainTable<S>

  init(count: Int) {
    self.count = count
    radices = PlainTable(Self.radices(of: count))
    roots = PlainTable(
      (0..<count).flatMap { index -> [S] in
        let angle = -2 * Double.pi * Double(index) / Double(count)
        return [S(Double.cos(angle)), S(Double.sin(angle))]
      })
  }

  /// The elements of scratch memory that a call takes.
  var scratchCount: Int { 8 * count * 2 * LaneLoops<S>.count }

  /// Transforms the columns of complex `[count, columns]`, unnormalised.
  func columns(
    _ input: UnsafePointer<S>, _ columns: Int, isInverse: Bool, to output: UnsafeMutablePointer<S>,
    scratch: UnsafeMutablePointer<S>
  ) {
    withShape { S.spectralFunctions.lanes.columns($0, roots.base, isInverse, columns, input, output, scratch) }
  }

  /// Transforms the rows of real `[rows, count]` to half spectra `[rows, count / 2 + 1]`.
  func realRows(
    _ input: UnsafePointer<S>, _ rows: Int, to output: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>
  ) {
    withShape { S.spectralFunctions.lanes.realRows($0, roots.base, rows, input, output, scratch) }
  }

  /// The modulus of the unnormalised inverse transform of the rows of complex `[rows, count]`.
  func modulusRows(
    _ input: UnsafePointer<S>, _ rows: Int, to output: UnsafeMutablePointer<S>, scratch: UnsafeMutablePointer<S>
  ) {
    withShape { S.spectralFunctions.lanes.modulusRows($0, roots.base, rows, input, output, scratch) }
  }

  private func withShape(_ body: (UnsafePointer<lane_transform>) -> Void) {
    withUnsafePointer(to: lane_transform(count: count, passes: radices.count, radices: radices.base), body)
  }

  /// The radices of few passes: the largest that there is a short algorithm for, then what primes are left.
  private static func radices(of count: Int) -> [Int] {
    var (rest, radices) = (count, [Int]())
    for radix in [8, 6, 5, 4, 3, 2] {
      while rest.isMultiple(of: radix) {
        radices.append(radix)
        rest /= radix
      }
    }
    var prime = 7
    while rest > 1 {
      while rest.isMultiple(of: prime) {
        radices.append(prime)
        rest /= prime
      }
      prime += 2
    }
    return radices.isEmpty ? [1] : radices
  }
}
