import NeuralNetworks
import Spectral
import Tensors

/// Gives models the size that comes nearest to a budget: the number of atoms of a basis, of features of a selection, the
/// widths of a network.
struct SizeMatching {
  /// A model of that size.
  struct Match {
    let request: ModelRequest
    /// Why it does not count as matched; `nil` where it does.
    let note: String?
  }

  let budget: Budget
  let context: ContenderContext

  /// The model with the size that comes nearest to the budget.
  ///
  /// A frozen network is as wide as the network itself would be, and a shuffled control as large as its model.
  ///
  /// - Parameter request: A model whose name may leave its size open.
  /// - Returns: The model, with a note where it is further than 2 % away.
  /// - Throws: `InputError` where none of its sizes reaches the budget.
  func match(_ request: ModelRequest) throws -> Match {
    switch request {
    case .majority, .mean: return Match(request: request, note: nil)
    case .shuffled(let base): return Match(request: .shuffled(try match(base).request), note: nil)
    case .frozen(let network, let filters):
      guard case .network(let matched) = try match(.network(network)).request else { break }
      let frozen = ModelRequest.frozen(matched, filters: filters)
      return try judged(frozen, reason: "it is as wide as \(matched.name)")
    case .linear(let linear):
      guard linear.hasFreeAtoms || linear.hasFreeSelection else { break }
      return try judged(.linear(keeping(linear)), reason: "the nearest number of features")
    case .network(let network):
      guard !network.openWidths.isEmpty else { break }
      return try judged(.network(widened(network)), reason: "the nearest of its widths")
    }
    return try judged(request, reason: "its size is not free")
  }

  private func judged(_ request: ModelRequest, reason: String) throws -> Match {
    let cost = try cost(of: request)
    return Match(
      request: request,
      note: budget.isMet(by: cost) ? nil : "\(request.name) is not matched: \(reason), \(budget.distance(cost))")
  }

  private func cost(of request: ModelRequest) throws -> ModelCost {
    try ContenderCatalog.contender(request, in: context).cost
  }

  private func amount(_ request: ModelRequest) throws -> Int { try cost(of: request).amount(in: budget.currency) }

  /// The features whose number comes nearest to the budget.
  private func keeping(_ linear: LinearRequest) throws -> LinearRequest {
    func amount(_ count: Int) throws -> Int { try self.amount(.linear(linear.keeping(count))) }
    let most = try largestCount(linear.features)
    let (least, largest) = (try amount(1), try amount(most))
    try requireReach(.linear(linear), least...max(least, largest))
    var range = 1...most
    while range.count > 2 {
      let middle = (range.lowerBound + range.upperBound) / 2
      range = try amount(middle) < budget.amount ? middle...range.upperBound : range.lowerBound...middle
    }
    let ends = try [range.lowerBound, range.upperBound].map { (count: $0, amount: try amount($0)) }
    return try linear.keeping(ends.min { abs($0.amount - budget.amount) < abs($1.amount - budget.amount) }!.count)
  }

  /// How many features there are to choose among.
  private func largestCount(_ features: FeatureRequest) throws -> Int {
    let (height, width) = (context.inputShape[1], context.inputShape[2])
    let map =
      try features.unfittedMap(height: height, width: width, random: context.random)
      ?? features.standIn(height: height, width: width, random: context.random)
    return features.selection == nil ? map.dimension : map.dimension * context.inputShape[0]
  }

  /// The network whose widths come nearest to the budget.
  private func widened(_ network: NetworkRequest) throws -> NetworkRequest {
    let search = WidthSearch(base: network.openWidths, budget: budget) { widths in
      let made = try network.with(widths: widths).network(in: context)
      return ModelCost(
        parameters: made.parameterCount, links: made.linkCount, operations: made.operationCount)
    }
    try requireReach(.network(network), search.range())
    return network.with(widths: try search.nearest())
  }

  private func requireReach(_ request: ModelRequest, _ range: ClosedRange<Int>) throws {
    let slack = 1 + Budget.tolerance
    guard Double(range.lowerBound) / slack <= Double(budget.amount),
      Double(budget.amount) <= Double(range.upperBound) * slack
    else {
      throw InputError(
        "model '\(request.name)'",
        "cannot be matched to \(budget.words(budget.amount)): on these images it has "
          + "\(range.lowerBound.groupedDigits) to \(range.upperBound.groupedDigits)",
        remedy: "Choose another --budget, or leave the model out.")
    }
  }
}
