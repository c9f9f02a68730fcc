/// A network compiled for one precision and purpose, immutable: what to run in which order on which memory.
struct NetworkPlan<S: NetworkScalar>: Sendable {
  /// One thing to run.
  enum Operation: Sendable {
    /// Copies a value that must be kept into memory of its own, for an in-place layer.
    case copy
    case inPlace(any InPlacePlan<S>)
    case mapping(any MappingPlan<S>)
    case batch(any BatchPlan<S>)
    case join(JoinPlan<S>)
  }

  /// Where the gradient of an input goes.
  struct GradientTarget: Sendable {
    let value: Int
    /// Whether another reader's part of the gradient is there already.
    let adds: Bool
  }

  /// An operation, the values that it reads and writes (the same for an in-place one), and its way back.
  struct Step: Sendable {
    let operation: Operation
    let inputs: [Int]
    let output: Int
    let parameters: ParameterLayout.Place
    /// Whether its parameters are trained.
    let learns: Bool
    /// Where the gradient of each input goes; `nil` where it is not needed.
    var targets: [GradientTarget?] = []
    /// Whether there is anything to do on the way back.
    var isOnTheWayBack = false
  }

  let network: Network
  let layout: ParameterLayout
  let context: PlanContext
  let steps: [Step]
  /// The number of elements of each value, for one item; value 0 is the input.
  let valueCounts: [Int]
  /// The value that is the network's output.
  let output: Int
  /// The steps at which all parts of a batch meet, forward, and those at which they meet on the way back, in that order.
  let meetings: [Int]
  let meetingsBack: [Int]

  /// Compiles a network.
  ///
  /// - Parameters:
  ///   - network: The network.
  ///   - context: What it is compiled for.
  ///   - reachesInput: Whether gradients with respect to the inputs are wanted.
  /// - Throws: What a layer throws that cannot be planned.
  init(_ network: Network, in context: PlanContext, reachesInput: Bool = false) throws {
    let network = network.poolingFirst
    var compiler = NetworkCompiler<S>(network, context)
    for index in network.nodes.indices { try compiler.append(index) }
    compiler.planTheWayBack(reachesInput: reachesInput)
    self.network = network
    self.context = context
    layout = compiler.layout
    steps = compiler.steps
    valueCounts = compiler.counts
    output = compiler.places.last!
    meetings = steps.indices.filter { if case .batch = compiler.steps[$0].operation { true } else { false } }
    meetingsBack = meetings.reversed().filter { compiler.steps[$0].isOnTheWayBack }
  }

  /// The smallest batch that every layer can take.
  var smallestBatch: Int {
    steps.reduce(1) { smallest, step in
      if case .batch(let plan) = step.operation { max(smallest, plan.smallestBatch) } else { smallest }
    }
  }

  /// Lays out the memory of values and their gradients for so many items.
  ///
  /// Without gradients a value lives until its last reader. With them values live until the way back has passed; a
  /// gradient lives from its first writer to the value's maker.
  func arena(capacity: Int) -> (arena: Arena, gradientStart: Int) {
    let end = 2 * steps.count
    var firstReader = [Int](repeating: steps.count, count: valueCounts.count)
    var lastReader = [Int](repeating: 0, count: valueCounts.count)
    var maker = [Int](repeating: 0, count: valueCounts.count)
    for (time, step) in steps.enumerated().reversed() {
      for input in step.inputs {
        firstReader[input] = time
        lastReader[input] = max(lastReader[input], time)
      }
      lastReader[step.output] = max(lastReader[step.output], time)
      maker[step.output] = time
    }
    lastReader[output] = steps.count
    maker[0] = 0
    let values = valueCounts.indices.map {
      Arena.Piece(
        count: valueCounts[$0] * capacity,
        lifetime: maker[$0]...(context.hasGradients ? end - maker[$0] : lastReader[$0]))
    }
    guard context.hasGradients else { return (Arena(values), values.count) }
    let gradients = valueCounts.indices.map {
      Arena.Piece(count: valueCounts[$0] * capacity, lifetime: end - lastReader[$0]...end - maker[$0])
    }
    return (Arena(values + gradients + [spare(capacity)]), values.count)
  }

  /// Memory for a part of a gradient that is to be added to another.
  private func spare(_ capacity: Int) -> Arena.Piece {
    let added = steps.flatMap(\.targets).compactMap { $0 }.filter(\.adds).map { valueCounts[$0.value] }
    return Arena.Piece(count: (added.max() ?? 0) * capacity, lifetime: 0...2 * steps.count)
  }
}
