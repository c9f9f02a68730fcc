/// A network compiled for one precision, immutable: what to run in which order on which memory.
struct NetworkPlan<S: NetworkScalar>: Sendable {
  /// One thing to run.
  enum Operation: Sendable {
    /// Copies a value that must be kept into memory of its own, for an in-place layer.
    case copy
    case inPlace(any InPlacePlan<S>)
    case mapping(any MappingPlan<S>, parameters: Range<Int>)
  }

  /// An operation and the values that it reads and writes; the same for an in-place one.
  struct Step: Sendable {
    let operation: Operation
    let input: Int
    let output: Int
  }

  let network: Network
  let steps: [Step]
  /// The number of elements of each value, for one item; value 0 is the input.
  let valueCounts: [Int]
  let parameterCount: Int

  /// Compiles a network.
  ///
  /// An in-place layer works on the output of the mapping before it, whose backward pass reads only its input. After
  /// another in-place layer, which needs its output for its own backward pass, and at the start, it works on a copy.
  init(_ network: Network) throws {
    var steps: [Step] = []
    var counts = [network.inputShape.reduce(1, *)]
    var offset = 0
    var isOverwritable = false
    func append(_ operation: Operation, count: Int) {
      steps.append(Step(operation: operation, input: counts.count - 1, output: counts.count))
      counts.append(count)
    }
    for node in network.nodes {
      switch try node.layer.makePlan(for: node.inputShape, as: S.self) {
      case .view: continue
      case .inPlace(let plan):
        if !isOverwritable { append(.copy, count: counts[counts.count - 1]) }
        steps.append(Step(operation: .inPlace(plan), input: counts.count - 1, output: counts.count - 1))
        isOverwritable = false
      case .mapping(let plan):
        let end = offset + node.parameters.reduce(0) { $0 + $1.count }
        append(.mapping(plan, parameters: offset..<end), count: node.outputShape.reduce(1, *))
        offset = end
        isOverwritable = true
      }
    }
    self.network = network
    self.steps = steps
    valueCounts = counts
    parameterCount = offset
  }

  /// The first step that learns; before it no gradient with respect to inputs is needed.
  var firstLearningStep: Int {
    steps.firstIndex { step in
      if case .mapping(_, let parameters) = step.operation { !parameters.isEmpty } else { false }
    } ?? steps.count
  }
}
