extension Network {
  /// The receptive fields of a value along the rows and the columns of the input.
  typealias Fields = (rows: ReceptiveField, columns: ReceptiveField)

  /// The receptive fields of each node; `nil` where the input is no image, where values with different distances between
  /// their fields are joined, and after a layer whose fields do not lie at whole distances.
  func receptiveFields() -> [Fields?] {
    guard inputShape.count == 3 else { return nodes.map { _ in nil } }
    var values: [Fields?] = [(.pixel, .pixel)]
    for node in nodes { values.append(fields(of: node, values)) }
    return Array(values.dropFirst())
  }

  private func fields(of node: Node, _ values: [Fields?]) -> Fields? {
    guard let layer = node.layer else { return joined(node.inputs.map { values[$0] }) }
    guard let input = values[node.inputs[0]] else { return nil }
    let (inputShape, outputShape) = (node.inputShapes[0], node.outputShape)
    if let sliding = layer.unwrapped as? any SlidingLayer {
      let windows = sliding.slidingWindows
      return (input.rows.seen(through: windows.rows), input.columns.seen(through: windows.columns))
    }
    let seesAll = layer.unwrapped.seesWholeImages || outputShape.dropFirst().allSatisfy { $0 == 1 }
    if inputShape.count < 3 || inputShape == outputShape && !seesAll { return input }
    return seesAll ? (input.rows.whole(inputShape[1]), input.columns.whole(inputShape[2])) : nil
  }

  private func joined(_ fields: [Fields?]) -> Fields? {
    fields.dropFirst().reduce(fields[0]) { sum, next in
      guard let sum, let next, let rows = sum.rows.joined(with: next.rows),
        let columns = sum.columns.joined(with: next.columns)
      else { return nil }
      return (rows, columns)
    }
  }
}

extension Layer {
  /// The layer itself, without what only changes its first weights.
  var unwrapped: any Layer { (self as? any WrappingLayer)?.base ?? self }

  /// Whether each output follows from all positions of an image.
  fileprivate var seesWholeImages: Bool { self is LayerNorm || self is GlobalFilter2D || self is SpectralPool2D }
}

/// A layer that changes another one's first weights only.
protocol WrappingLayer: Layer {
  associatedtype Base: Layer
  var base: Base { get }
}

extension StartingLayer: WrappingLayer {}
