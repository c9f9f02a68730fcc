extension Network {
  /// The same function with each rectification that only a max pooling reads moved behind it, where it has fewer numbers
  /// to work on.
  ///
  /// max(relu(x)) = relu(max(x)), and the gradients are the same: where the largest is positive it is the same number's,
  /// and where it is not no gradient passes either way.
  var poolingFirst: Network {
    var nodes = nodes
    for index in nodes.indices.dropLast() where nodes[index].layer is ReLU && nodes[index + 1].layer is MaxPool2D {
      let (rectification, pooling) = (nodes[index], nodes[index + 1])
      let readers = nodes.count { $0.inputs.contains(index + 1) }
      guard pooling.inputs == [index + 1], readers == 1 else { continue }
      nodes[index] = Node(
        key: pooling.key, operation: pooling.operation, inputs: rectification.inputs,
        inputShapes: rectification.inputShapes, outputShape: pooling.outputShape, isFrozen: pooling.isFrozen)
      nodes[index + 1] = Node(
        key: rectification.key, operation: rectification.operation, inputs: [index + 1],
        inputShapes: [pooling.outputShape], outputShape: pooling.outputShape, isFrozen: rectification.isFrozen)
    }
    return Network(inputShape: inputShape, nodes: nodes)
  }
}
