internal import CKernels

/// A joining of values at work on the items of a batch.
struct JoinPlan<S: NetworkScalar>: Sendable {
  private let join: Join
  /// The elements of each value, for one item.
  private let counts: [Int]
  private let channels: Int

  init(_ join: Join, counts: [Int], channels: Int) {
    self.join = join
    self.counts = counts
    self.channels = channels
  }

  /// Computes the result of `count` items.
  func forward(_ inputs: [UnsafeMutableBufferPointer<S>], count: Int, into output: UnsafeMutableBufferPointer<S>) {
    switch join {
    case .sum:
      _ = output.update(fromContentsOf: inputs[0])
      for input in inputs.dropFirst() { S.axpy(1, UnsafeBufferPointer(input), output) }
    case .concatenation:
      var place = 0
      for (input, length) in zip(inputs, counts) {
        copy(count, length, from: input.baseAddress!, length, to: output.baseAddress! + place, counts.reduce(0, +))
        place += length
      }
    case .scaling:
      S.layerFunctions.channels.scale(
        count * channels, counts[0] / channels, inputs[0].baseAddress!, inputs[1].baseAddress!, output.baseAddress!)
    }
  }

  /// Computes the gradient with respect to one of the values, overwriting its target.
  func backward(
    _ outputGradient: UnsafeMutableBufferPointer<S>, inputs: [UnsafeMutableBufferPointer<S>], count: Int, of index: Int,
    into target: UnsafeMutableBufferPointer<S>
  ) {
    let gradient = outputGradient.baseAddress!
    switch (join, index) {
    case (.sum, _): _ = target.update(fromContentsOf: outputGradient)
    case (.concatenation, _):
      let place = counts[..<index].reduce(0, +)
      copy(count, counts[index], from: gradient + place, counts.reduce(0, +), to: target.baseAddress!, counts[index])
    case (.scaling, 0):
      S.layerFunctions.channels.scale(
        count * channels, counts[0] / channels, gradient, inputs[1].baseAddress!, target.baseAddress!)
    case (.scaling, _):
      S.layerFunctions.channels.products(
        count * channels, counts[0] / channels, gradient, inputs[0].baseAddress!, target.baseAddress!)
    }
  }

  /// Copies rows of `length` elements that lie `fromStride` and `toStride` apart.
  private func copy(
    _ rows: Int, _ length: Int, from: UnsafeMutablePointer<S>, _ fromStride: Int, to: UnsafeMutablePointer<S>,
    _ toStride: Int
  ) {
    for row in 0..<rows { (to + row * toStride).update(from: from + row * fromStride, count: length) }
  }
}
