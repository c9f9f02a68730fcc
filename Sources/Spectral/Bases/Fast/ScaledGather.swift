internal import Tensors

/// out[j] = scale[j]·in[place[j]]: what stands between the coefficients of a basis and a transform's own order.
struct ScaledGather<S: Scalar>: Sendable {
  private let places: PlainTable<Int32>
  private let scales: PlainTable<S>

  /// Takes the place and the scale of each result.
  init(_ entries: some Sequence<(place: Int, scale: Double)>) {
    let entries = Array(entries)
    places = PlainTable(entries.map { Int32($0.place) })
    scales = PlainTable(entries.map { S($0.scale) })
  }

  @specialized(where S == Float)
  @specialized(where S == Double)
  func callAsFunction(_ input: UnsafePointer<S>, _ output: UnsafeMutablePointer<S>) {
    for index in 0..<places.count { output[index] = scales.base[index] * input[Int(places.base[index])] }
  }
}
