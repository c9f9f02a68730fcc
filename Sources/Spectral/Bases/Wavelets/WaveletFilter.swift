internal import Numerics

/// The scaling filter h of an orthonormal wavelet with p vanishing moments, 2p numbers.
///
/// Periodised on n samples, n even, it splits a signal into n/2 averages and n/2 details: a[k] = Σ h[m]·x[2k + m − p +
/// 1], d[k] = Σ (−1)^(m+1)·h[m]·x[2k − m + p], places modulo n. A filter that is longer than the signal wraps round it,
/// and the split stays orthonormal. Signs and places are those of PyWavelets' mode `periodization`.
struct WaveletFilter: Sendable {
  let scaling: [Double]

  static let haar = WaveletFilter(scaling: [Double.sqrt(0.5), Double.sqrt(0.5)])

  /// Daubechies' filters with the least delay, by spectral factorization in 40 digits.
  ///
  /// Source: I. Daubechies, *Orthonormal bases of compactly supported wavelets*, Communications on Pure and Applied
  /// Mathematics 41 (1988), table 1.
  static let daubechies: [Int: WaveletFilter] = [
    2: WaveletFilter(scaling: [
      0.48296291314453414337, 0.83651630373780790558, 0.22414386804201338103, -0.12940952255126038117,
    ]),
    3: WaveletFilter(scaling: [
      0.332670552950082616, 0.80689150931109257649, 0.4598775021184915701, -0.1350110200102545887,
      -0.085441273882026661693, 0.035226291885709536603,
    ]),
    4: WaveletFilter(scaling: [
      0.23037781330889650086, 0.71484657055291564709, 0.63088076792985890788, -0.027983769416859854211,
      -0.18703481171909308408, 0.030841381835560763627, 0.032883011666885199735, -0.010597401785069032105,
    ]),
  ]

  /// The orthogonal matrix of one split of n samples: averages first, then details; the identity for odd n.
  func split(_ count: Int) -> SparseMatrix {
    guard count.isMultiple(of: 2) else { return .identity(count) }
    let moments = scaling.count / 2
    let averages = (0..<count / 2).map { k in
      row(scaling.indices.map { (2 * k + $0 - moments + 1, scaling[$0]) }, count)
    }
    let details = (0..<count / 2).map { k in
      row(scaling.indices.map { (2 * k - $0 + moments, $0.isMultiple(of: 2) ? -scaling[$0] : scaling[$0]) }, count)
    }
    return SparseMatrix(rows: averages + details)
  }

  /// Weights at places modulo n, added where they meet.
  private func row(_ entries: [(place: Int, weight: Double)], _ count: Int) -> [SparseMatrix.Entry] {
    var sums: [Int: Double] = [:]
    for entry in entries { sums[((entry.place % count) + count) % count, default: 0] += entry.weight }
    return sums.sorted { $0.key < $1.key }.map { SparseMatrix.Entry(column: $0.key, weight: $0.value) }
  }
}
