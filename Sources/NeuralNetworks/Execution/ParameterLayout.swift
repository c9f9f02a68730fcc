/// Where the tensors of a network lie in one row of numbers: first what is trained, then what is not.
struct ParameterLayout: Sendable {
  /// The learned numbers of a node, and its state.
  struct Place: Sendable {
    let learned: Range<Int>
    let state: Range<Int>
  }

  /// The places of each node.
  let nodes: [Place]
  /// The place of each tensor, in the network's order.
  let tensors: [(description: ParameterDescription, range: Range<Int>)]
  /// The numbers that are trained.
  let trainedCount: Int
  /// All numbers.
  let count: Int

  init(_ network: Network) {
    trainedCount = network.parameterCount
    var (trained, kept) = (0, trainedCount)
    var tensors: [(description: ParameterDescription, range: Range<Int>)] = []
    nodes = network.nodes.map { node in
      let starts = (trained, kept)
      var stateStart: Int?
      for description in node.parameters {
        let isTrained = description.role == .learned && !node.isFrozen
        let start = isTrained ? trained : kept
        if isTrained { trained += description.count } else { kept += description.count }
        precondition(
          description.role == .state || stateStart == nil, "expected the state of \(node.name) after what it learns")
        if description.role == .state { stateStart = stateStart ?? start }
        tensors.append((description, start..<start + description.count))
      }
      let state = (stateStart ?? kept)..<kept
      return Place(learned: node.isFrozen ? starts.1..<state.lowerBound : starts.0..<trained, state: state)
    }
    self.tensors = tensors
    count = kept
  }
}
