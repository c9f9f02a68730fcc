import Spectral
import Tensors

/// The models that take part on one data set: those that were asked for, sized to the budget where there is one, and the
/// controls.
struct Lineup {
  /// The models, in the order in which they were asked for; controls that nobody asked for come last.
  let contenders: [any Contender]
  /// What the reader of the table must know: default models that the images do not allow, and models that are not matched.
  let notes: [String]

  /// Chooses and makes the models.
  ///
  /// - Parameters:
  ///   - configuration: What was asked for.
  ///   - context: What the images are like.
  /// - Throws: `InputError` for a model that was asked for by name and cannot be, or comes twice.
  init(_ configuration: ComparisonConfiguration, in context: ContenderContext) throws {
    let matching = configuration.budgetToMatch.map { SizeMatching(budget: $0, context: context) }
    let isDefault = configuration.models == ComparisonConfiguration.defaultModels
    var (requests, notes): ([ModelRequest], [String]) = ([], [])
    for name in configuration.models {
      do {
        let name = isDefault && name == "majority" ? Self.constant(context).name : name
        let request = try ModelRequest(parsing: name, among: configuration.networks ?? [])
        let match = try matching?.match(request) ?? SizeMatching.Match(request: request, note: nil)
        if isDefault { _ = try ContenderCatalog.contender(match.request, in: context) }
        requests.append(match.request)
        notes += match.note.map { [$0] } ?? []
      } catch let error as InputError where isDefault {
        notes.append("\(name) is left out: \(error.description.replacing("\n", with: ". "))")
      }
    }
    if !configuration.noControls { requests += Self.missingControls(requests, in: context) }
    let names = requests.map(\.fullName)
    if let twice = names.first(where: { name in names.count { $0 == name } > 1 }) {
      throw InputError("--models", "two of them come to the same model, \(twice)")
    }
    contenders = try requests.map { try ContenderCatalog.contender($0, in: context) }
    self.notes = notes
  }

  /// The controls of these models that are not among them.
  ///
  /// The class frequencies or the mean number, the pixels, as many random orthonormal atoms as each basis has under the same
  /// penalty, each network behind random filters, and the first fixed and the first learned model with labels dealt anew.
  static func missingControls(_ requests: [ModelRequest], in context: ContenderContext) -> [ModelRequest] {
    let pixels = context.inputShape[1] * context.inputShape[2]
    let names = ["pixels"] + randomBases(requests, upTo: pixels)
    let all =
      [constant(context)] + names.compactMap { try? ModelRequest(parsing: $0) } + frozenNetworks(requests, in: context)
      + shuffledModels(requests)
    let taken = Set(requests.map(\.fullName))
    return all.reduce(into: []) { controls, control in
      guard !taken.contains(control.fullName), !controls.contains(where: { $0.fullName == control.fullName }) else {
        return
      }
      controls.append(control)
    }
  }

  /// The model that has seen no image.
  private static func constant(_ context: ContenderContext) -> ModelRequest {
    context.family.explainsNumbers ? .mean : .majority
  }

  private static func randomBases(_ requests: [ModelRequest], upTo most: Int) -> [String] {
    requests.compactMap { if case .linear(let linear) = $0 { linear.randomControl(upTo: most) } else { nil } }
  }

  /// Each network behind random filters, where something is left to learn behind them.
  private static func frozenNetworks(_ requests: [ModelRequest], in context: ContenderContext) -> [ModelRequest] {
    requests.compactMap { request in
      guard case .network(let network) = request else { return nil }
      let frozen = ModelRequest.frozen(network, filters: FrozenFilters.random)
      return (try? ContenderCatalog.contender(frozen, in: context)).map { _ in frozen }
    }
  }

  private static func shuffledModels(_ requests: [ModelRequest]) -> [ModelRequest] {
    let fixed = requests.first { if case .linear = $0 { true } else { false } }
    let learned = requests.first { if case .network = $0 { true } else { false } }
    return [fixed, learned].compactMap { $0.map { .shuffled($0) } }
  }
}
