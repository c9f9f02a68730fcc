/// Turns the nodes of a network into the steps of a plan, one after the other.
///
/// An in-place layer works on the output of the step before it where nobody else reads that and its maker does not need
/// it for its own gradient; otherwise it works on a copy.
struct NetworkCompiler<S: NetworkScalar> {
  let network: Network
  let context: PlanContext
  let layout: ParameterLayout
  private(set) var steps: [NetworkPlan<S>.Step] = []
  private(set) var counts: [Int]
  /// The memory in which each value of the network lies.
  private(set) var places: [Int]

  private let readers: [Int]
  /// Whether others read the memory of a value, through another shape.
  private var isShared = [false]
  /// Whether the maker of a value needs it for its own gradient.
  private var isNeededBack = [false]

  init(_ network: Network, _ context: PlanContext) {
    self.network = network
    self.context = context
    layout = ParameterLayout(network)
    counts = [network.inputShape.reduce(1, *)]
    places = [0]
    var readers = [Int](repeating: 0, count: network.nodes.count + 1)
    for input in network.nodes.flatMap(\.inputs) { readers[input] += 1 }
    readers[network.nodes.count] += 1
    precondition(readers.allSatisfy { $0 > 0 }, "expected every value of a network to be read")
    self.readers = readers
  }

  mutating func append(_ index: Int) throws {
    let node = network.nodes[index]
    let count = node.outputShape.reduce(1, *)
    switch node.operation {
    case .join(let join):
      let plan = JoinPlan<S>(join, counts: node.inputs.map { counts[places[$0]] }, channels: node.outputShape[0])
      append(.join(plan), index, writing: count)
    case .layer(let layer):
      switch try layer.makePlan(for: node.inputShapes[0], as: S.self, in: context.ofLayer(node.key)) {
      case .view:
        let input = node.inputs[0]
        places.append(places[input])
        isShared.append(isShared[input] || readers[input] > 1)
        isNeededBack.append(isNeededBack[input])
      case .inPlace(let plan): appendInPlace(plan, index)
      case .mapping(let plan): append(.mapping(plan), index, writing: count)
      case .batch(let plan): append(.batch(plan), index, writing: count)
      }
    }
  }

  private mutating func append(_ operation: NetworkPlan<S>.Operation, _ index: Int, writing count: Int) {
    appendStep(operation, index, inputs: network.nodes[index].inputs.map { places[$0] }, writing: count)
    places.append(counts.count - 1)
    isShared.append(false)
    isNeededBack.append(false)
  }

  private mutating func appendInPlace(_ plan: any InPlacePlan<S>, _ index: Int) {
    let input = network.nodes[index].inputs[0]
    let isFree = readers[input] == 1 && !isShared[input] && !(isNeededBack[input] && context.hasGradients)
    if !isFree { appendStep(.copy, index, inputs: [places[input]], writing: counts[places[input]]) }
    let place = isFree ? places[input] : counts.count - 1
    appendStep(.inPlace(plan), index, inputs: [place], writing: nil)
    places.append(place)
    isShared.append(false)
    isNeededBack.append(true)
  }

  /// Appends a step that writes a new value of so many elements, or, with `nil`, the one that it reads.
  private mutating func appendStep(
    _ operation: NetworkPlan<S>.Operation, _ index: Int, inputs: [Int], writing count: Int?
  ) {
    if let count { counts.append(count) }
    let node = network.nodes[index]
    steps.append(
      NetworkPlan<S>.Step(
        operation: operation, inputs: inputs, output: count == nil ? inputs[0] : counts.count - 1,
        parameters: layout.nodes[index], learns: node.parameterCount > 0))
  }

  /// Decides which gradients are needed, and which are added to another reader's.
  mutating func planTheWayBack(reachesInput: Bool) {
    var isNeeded = [Bool](repeating: false, count: counts.count)
    isNeeded[0] = reachesInput
    for step in steps where step.learns || step.inputs.contains(where: { isNeeded[$0] }) {
      isNeeded[step.output] = true
    }
    var isWritten = [Bool](repeating: false, count: counts.count)
    for index in steps.indices.reversed() where isNeeded[steps[index].output] {
      steps[index].isOnTheWayBack = true
      if case .inPlace = steps[index].operation { continue }
      steps[index].targets = steps[index].inputs.map { input in
        guard isNeeded[input] else { return nil }
        defer { isWritten[input] = true }
        return NetworkPlan<S>.GradientTarget(value: input, adds: isWritten[input])
      }
    }
  }
}
