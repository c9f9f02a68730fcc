internal import CKernels
internal import Tensors

/// Packs a bank for the direct loops: filters in groups, so that neighbours in memory are the weights that one sample
/// is multiplied by.
///
/// - Parameters:
///   - filters: The number of filters.
///   - taps: The weights of one filter.
///   - packed: Receives the packed bank.
///   - weight: The weight of a filter at a tap.
@specialized(where S == Float)
@specialized(where S == Double)
func pack<S: SpectralScalar>(
  filters: Int, taps: Int, into packed: UnsafeMutablePointer<S>, weight: (_ filter: Int, _ tap: Int) -> S
) {
  let group = Int(CORRELATE_GROUP)
  let grouped = filters / group * group
  for first in stride(from: 0, to: grouped, by: group) {
    for tap in 0..<taps {
      for member in 0..<group { packed[first * taps + tap * group + member] = weight(first + member, tap) }
    }
  }
  for filter in grouped..<filters {
    for tap in 0..<taps { packed[filter * taps + tap] = weight(filter, tap) }
  }
}
